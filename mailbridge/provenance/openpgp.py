"""OpenPGP seals: whose key it is, whether it was good, and for whom it speaks (DESIGN section 5).

Such a seal proves origin and never legal value: only a signature on the document by a certificate
makes it one of value (Điều 4.1).
"""

from mailbridge.model.evidence import Coverage, Integrity, Seal, Signer, Trust
from mailbridge.model.parcel import SealClaim
from mailbridge.provenance import openpgp_runs, verdict
from mailbridge.provenance.codes import Code, Codes
from mailbridge.provenance.openpgp_keys import Key
from mailbridge.provenance.openpgp_runs import Verified
from mailbridge.provenance.question import Question, Record

# RFC 9580 §9.5: MD5, SHA-1 and RIPEMD-160 are not believed.
_WEAK_HASHES = {"1": "MD5", "2": "SHA-1", "3": "RIPEMD-160"}
# Said of a seal, and nothing against it.
_PRAISE = {Code.BOUND}


def judge(question: Question, record: Record, claim: SealClaim) -> None:
    """Add each signature of the claim to the record, with its findings."""
    for verified in openpgp_runs.verify(question.scratch, question.trust, claim):
        _add(question, record, claim, verified)


def _add(question: Question, record: Record, claim: SealClaim, verified: Verified) -> None:
    trust, against = _trust(question, verified)
    bound, agency, of_binding = _bound(question, verified)
    codes = (*_of_integrity(verified), *against, *of_binding, *_reach(claim))
    seal = Seal(
        form=claim.form,
        path=claim.path,
        integrity=verified.integrity,
        coverage=Coverage.WHOLE if claim.whole else Coverage.PART,
        trust=trust,
        why=tuple(dict.fromkeys(code.value for code, _ in codes if code not in _PRAISE)),
        signer=_signer(verified),
        time=verified.time,
        time_source="claimed" if verified.time else "none",
        bound=bound,
        agency=agency,
        covers=claim.covers,
        on_file=claim.on_file,
        mic=claim.mic,
    )
    if verdict.stands(seal) and not seal.why:
        codes = (*codes, (Code.SEAL_GOOD, ""))
    record.add(seal, codes)


def _signer(verified: Verified) -> Signer | None:
    key = verified.key
    if key is None:
        return Signer("", fingerprint=verified.issuer) if verified.issuer else None
    return Signer(key.name, key.emails, key.primary)


def _of_integrity(verified: Verified) -> Codes:
    if verified.integrity is Integrity.BROKEN:
        return ((Code.SEAL_BROKEN, ""),)
    if verified.is_unknown:
        return ((Code.KEY_UNKNOWN, verified.issuer),)
    return ((Code.SEAL_UNVERIFIABLE, ""),) if verified.integrity is not Integrity.INTACT else ()


def _trust(question: Question, verified: Verified) -> tuple[Trust, Codes]:
    """Judge the key: in the trust folder, strong, and good when our office got the mail."""
    key, moment = verified.key, question.moment
    codes: list[tuple[Code, str]] = []
    if verified.hash in _WEAK_HASHES:
        codes.append((Code.WEAK_ALGORITHM, _WEAK_HASHES[verified.hash]))
    if key is None or verified.integrity is not Integrity.INTACT:
        return Trust.UNKNOWN, tuple(codes)
    if key.is_weak:
        codes.append((Code.WEAK_KEY, str(key.bits)))
    is_over = verified.expires is not None and verified.expires <= moment
    if is_over or not key.is_good_at(moment) or _is_older(verified, key):
        codes.append((Code.KEY_INVALID, ""))
    return Trust.UNTRUSTED if codes else Trust.TRUSTED, tuple(codes)


def _is_older(verified: Verified, key: Key) -> bool:
    """Tell whether the signature claims to be older than its key."""
    return verified.time is not None and verified.time < key.created


def _bound(question: Question, verified: Verified) -> tuple[bool, str | None, Codes]:
    """Ask the directory whose key it is; without one, its addresses bind (Điều 10.1)."""
    key = verified.key
    if key is None:
        return False, None, ()
    if question.directory is None:
        return question.sender in key.emails, None, ()
    owner = question.directory.by_openpgp(key.primary)
    if owner is None:
        return False, None, ((Code.KEY_UNKNOWN, key.primary),)
    is_senders = question.agency is not None and owner.code == question.agency.code
    if question.message is not None and not is_senders:
        return False, owner.code, ((Code.SOMEONE_ELSES_SEAL, owner.name),)
    return True, owner.code, ((Code.BOUND, ""),)


def _reach(claim: SealClaim) -> Codes:
    # Of a signature without its content nothing can be said: not that it leaves something out.
    if claim.whole or not claim.signed:
        return ()
    return ((Code.SEAL_PART, ""), (Code.TEXT_UNSIGNED, ""))
