"""Whether a reply is its writer's own word, about this notice and to us: all must be signed.

The name of a notice travels with every forward, so that it proves nothing by itself. Whoever got a
signed mail of this person could send it on under another In-Reply-To: few servers sign that field.
Hence what is signed must itself name the document and us.
"""

import re

from mailbridge.model.evidence import Coverage, Evidence, Finding, Integrity, Level, Seal, Trust
from mailbridge.model.examination import MailView
from mailbridge.model.letter import NoticeFacts
from mailbridge.model.parcel import SealForm
from mailbridge.model.report import SignedFields
from mailbridge.rules.wording import folded

# Subjects are cut, see `letters/subjects`.
_SYMBOL = 60
# Against the sender of a document; who signs for himself is no agency of the directory.
_OF_AGENCIES = {"someone-elses-seal", "certificate-unknown"}

_CONTRADICTIONS = ("contradicting-senders", "protected-differs")


def proves(
    address: str,
    mail: MailView,
    evidence: Evidence,
    signed: SignedFields | None,
    own: tuple[str, ...],
) -> tuple[str, ...]:
    """Give the texts that the person vouches for and by which he may name the document.

    Its subject, where a DKIM signature of his domain or an S/MIME signature of his certificate
    covers the header and one of our own addresses stands in it (RFC 6376 §3.5, RFC 9788 §2.1).
    Nothing where nothing is proven.
    """
    if any(_condemns(finding) for finding in evidence.findings):
        return ()
    if any(evidence.has(code) for code in _CONTRADICTIONS):
        return ()
    to = [one.spec for one in (*mail.to, *mail.cc)]
    if any(_of_domain(seal, address) for seal in evidence.seals) and _is_to(to, own):
        return (mail.subject,)
    certificates = {
        seal.signer.fingerprint
        for seal in evidence.seals
        if seal.signer is not None and _of_person(seal, address)
    }
    if signed is None or not certificates & {cover.fingerprint for cover in signed.covers}:
        return ()
    is_his = [one.lower() for one in signed.from_] == [address]
    return (signed.subject,) if is_his and _is_to(signed.to, own) else ()


def names(text: str, notice: NoticeFacts) -> bool:
    """Tell whether a text names the document of a notice, by its number and symbol."""
    said = folded(text)
    symbol = folded(notice.symbol or "")[:_SYMBOL].strip()
    if notice.number is None or symbol not in said:
        return False
    number = re.escape(folded(str(notice.number)))
    return re.search(rf"(?<![\w/-]){number}(?![\w/-])", said) is not None


def _condemns(finding: Finding) -> bool:
    return finding.level is Level.FAIL and finding.code not in _OF_AGENCIES


def _is_to(to: list[str] | tuple[str, ...], own: tuple[str, ...]) -> bool:
    return bool({one.lower() for one in to} & {one.lower() for one in own})


def _stands(seal: Seal) -> bool:
    return (
        not seal.on_file
        and seal.integrity is Integrity.INTACT
        and seal.coverage is Coverage.WHOLE
        and seal.trust is Trust.TRUSTED
        # Not checked is never good.
        and not set(seal.why) - _OF_AGENCIES - {"dkim-key-short"}
    )


def _of_domain(seal: Seal, address: str) -> bool:
    domain = address.rpartition("@")[2]
    signs = seal.signer.name.lower() if seal.signer else ""
    return seal.form is SealForm.DKIM and signs == domain and _stands(seal)


def _of_person(seal: Seal, address: str) -> bool:
    emails = seal.signer.emails if seal.signer else ()
    return (
        seal.form is SealForm.SMIME and address in {one.lower() for one in emails} and _stands(seal)
    )
