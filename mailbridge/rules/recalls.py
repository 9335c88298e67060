"""Who may have a document destroyed: the agency that sent it, as well proven as it was then.

Điều 9.2: the sender tells that it calls a document back; Điều 10.2: the receiver must destroy it.
There is no right to refuse a proven recall: "đang xử lý" is no ground to keep it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from mailbridge.model.codes import Code
from mailbridge.model.evidence import (
    Coverage,
    Evidence,
    Integrity,
    LaterChanges,
    Level,
    Seal,
    Trust,
)
from mailbridge.model.parcel import SealForm
from mailbridge.model.recall import Claim, Strength
from mailbridge.model.report import Cover

_BY_FORM = {
    SealForm.SMIME: Strength.SEAL,
    SealForm.CMS: Strength.SEAL,
    SealForm.PADES: Strength.SEAL,
    SealForm.OPENPGP: Strength.KEY,
}
# Nobody could say whether the certificate was revoked: perhaps somebody can, later.
_OPEN = {Code.REVOCATION_UNCHECKED, Code.REVOCATION_STALE}
_WEAK = {Code.WEAK_ALGORITHM, Code.WEAK_KEY, Code.WEAK_CHAIN, Code.NO_SIGNED_ATTRIBUTES}
# Clocks of two agencies may differ by as much.
_SKEW = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A document that is here and may be the one that is called back."""

    document: int
    agency: str
    message_id: str
    files: frozenset[str]
    strength: Strength


@dataclass(frozen=True, slots=True)
class Proven:
    """These documents must be destroyed."""

    documents: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class NotProven:
    """Nothing shows that it is the sender who asks; `why` is Vietnamese, for the clerk."""

    why: str


@dataclass(frozen=True, slots=True)
class NotSenders:
    """Another agency than the one that sent the document asks for it."""

    why: str


@dataclass(frozen=True, slots=True)
class NotHeld:
    """No such document has come to us; if it comes, it is destroyed."""

    why: str


Judged = Proven | NotProven | NotSenders | NotHeld


def strength_of(evidence: Evidence, agency: str) -> Strength:
    """Tell by what the origin of a document or mail from that agency was proven."""
    proven = [_BY_FORM[seal.form] for seal in evidence.seals if _is_of(seal, agency)]
    return max([*proven, _of_server(evidence, agency)])


def strength_of_recall(covers: tuple[Cover, ...], evidence: Evidence, agency: str) -> Strength:
    """Tell by what a recall from a mailbox of that agency is proven.

    `covers` are the seals over the words of the recall themselves: one on a file that travels along
    proves that file. A mail that contradicts itself is proven by nothing. Nor does a seal whose
    certificate may have been revoked destroy anything: what is not checked is not good.
    """
    if any(finding.level is Level.FAIL for finding in evidence.findings):
        return Strength.NOTHING
    unsure = _unsure(evidence)
    proven = [
        _BY_FORM.get(cover.form, Strength.NOTHING)
        for cover in _of_agency(covers, agency)
        if cover.fingerprint not in unsure
    ]
    return max([*proven, _of_server(evidence, agency)])


def may_become(
    covers: tuple[Cover, ...], evidence: Evidence, agency: str, *, asks_names: bool
) -> Strength:
    """Tell what would prove a recall, if all that could not be checked for now were found good.

    `asks_names`: DNS is asked at all. Where it is not, its silence ends never.
    """
    if any(finding.level is Level.FAIL for finding in evidence.findings):
        return Strength.NOTHING
    unsure = _unsure(evidence)
    proven = [
        _BY_FORM.get(cover.form, Strength.NOTHING)
        for cover in _of_agency(covers, agency)
        if cover.fingerprint in unsure
    ]
    is_silent = asks_names and _is_own(evidence, agency) and evidence.has(Code.DKIM_UNCHECKED)
    return max([*proven, Strength.SERVER if is_silent else Strength.NOTHING])


def _of_agency(covers: tuple[Cover, ...], agency: str) -> Iterator[Cover]:
    for cover in covers:
        if cover.stands and (cover.agency or "").lower() == agency.lower():
            yield cover


def _unsure(evidence: Evidence) -> frozenset[str]:
    return frozenset(
        seal.signer.fingerprint for seal in evidence.seals if seal.signer and _OPEN & set(seal.why)
    )


def judge(
    claim: Claim, sender: str, strength: Strength, candidates: tuple[Candidate, ...]
) -> Judged:
    """Judge a recall that came from a mailbox of the agency `sender`.

    `candidates` are the documents here that fit what the claim names, whoever sent them.
    """
    if strength is Strength.NOTHING:
        return NotProven("thư thu hồi không có chữ ký số hoặc xác thực nào của cơ quan gửi")
    if claim.agency.lower() != sender.lower():
        return NotSenders(f"thư thu hồi nêu cơ quan {claim.agency}, nhưng do {sender} gửi")
    own = [one for one in candidates if one.agency.lower() == sender.lower()]
    if candidates and not own:
        return NotSenders("văn bản này do cơ quan khác gửi đến")
    return _of_own(claim, strength, own)


def _of_own(claim: Claim, strength: Strength, own: list[Candidate]) -> Judged:
    meant = _meant(claim, own)
    if not meant:
        other = "văn bản cùng số và ký hiệu đang giữ có nội dung khác"
        return NotHeld(other if own else "chưa nhận được văn bản này")
    if any(one.strength > strength for one in meant):
        return NotProven("thư thu hồi được xác thực yếu hơn chính văn bản")
    return Proven(tuple(one.document for one in meant))


def falls(claim: Claim, message_id: str, files: frozenset[str], sent_at: datetime | None) -> bool:
    """Tell whether a document that comes now is the one that a recall waited for.

    What was written after the recall was sent anew by who knew of it: that is for a person.
    """
    if claim.message_id and claim.message_id == message_id:
        return True
    if claim.files and not files & claim.prints:
        return False
    return claim.made_at is None or sent_at is None or sent_at <= claim.made_at + _SKEW


def _meant(claim: Claim, own: list[Candidate]) -> list[Candidate]:
    """Choose by mail, else by all files, else by any: the nearest way that finds something.

    A corrected re-issue under the same number, or an unsigned copy that came before, may share an
    annex with what is called back.
    """
    if not claim.message_id and not claim.files:
        return own
    by_mail = [one for one in own if claim.message_id and claim.message_id == one.message_id]
    # Two mails may bear one Message-ID, whatever the standard says.
    with_files = [one for one in by_mail if claim.prints & one.files]
    whole = [one for one in own if claim.files and claim.prints <= one.files]
    any_ = [one for one in own if claim.prints & one.files]
    return with_files or by_mail or whole or any_


def _is_of(seal: Seal, agency: str) -> bool:
    """Tell whether a seal stands, and is that agency's."""
    return (
        seal.integrity is Integrity.INTACT
        and seal.coverage is Coverage.WHOLE
        and seal.trust is Trust.TRUSTED
        and seal.later_changes is not LaterChanges.FORBIDDEN
        and seal.form in _BY_FORM
        and seal.bound
        and (seal.agency or "").lower() == agency.lower()
        and not _WEAK & set(seal.why)
    )


def _of_server(evidence: Evidence, agency: str) -> Strength:
    is_proven = _is_own(evidence, agency) and evidence.has(Code.DKIM_ALIGNED)
    return Strength.SERVER if is_proven else Strength.NOTHING


def _is_own(evidence: Evidence, agency: str) -> bool:
    return (evidence.sender or "").lower() == agency.lower()
