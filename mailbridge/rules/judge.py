"""Judge: from an examination to a proposed outcome. Pure; the number comes at settling."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from mailbridge.clock import in_vietnam
from mailbridge.model.directory import Directory
from mailbridge.model.errors import Reason
from mailbridge.model.evidence import Evidence, Level, Verdict
from mailbridge.model.examination import Examination, MailView, Opened
from mailbridge.model.message import Kind
from mailbridge.model.outcome import Held, Impounded, Lane, Noted
from mailbridge.model.parcel import LockWhy
from mailbridge.rules.addressee import is_ours
from mailbridge.rules.identifiers import succession
from mailbridge.rules.required import Requirement
from mailbridge.rules.senders import known_sender

# What a clerk can do about a lock; `mailbridge open` tries a password once.
_LOCKED = {
    LockWhy.NO_KEY: "Thư hoặc tệp được mã hóa cho khóa mà cơ quan ta không có.",
    LockWhy.NEEDS_WORD: "Tệp đặt mật khẩu; hỏi nơi gửi mật khẩu rồi dùng `mailbridge open`.",
    LockWhy.WRONG_WORD: "Tệp đặt mật khẩu, mật khẩu đã thử không đúng.",
    LockWhy.UNSUPPORTED: "Tệp được khóa bằng cách chưa được hỗ trợ.",
    LockWhy.DAMAGED: "Nội dung mã hóa bị hỏng hoặc đã bị thay đổi.",
    LockWhy.WEAK: "Nội dung mã hóa bằng thuật toán yếu mà cấu hình không cho phép.",
}


@dataclass(frozen=True, slots=True)
class Office:
    """Our own agency, its addresses, and what it decided about verdicts."""

    agency: str
    addresses: tuple[str, ...]
    allowed_domains: tuple[str, ...]
    policy: dict[str, str]
    number_when: Literal["proven", "confirmed"]
    # Whose signatures are required, by agency kind and type of document (Điều 4.1).
    required: tuple[Requirement, ...] = ()


@dataclass(frozen=True, slots=True)
class Register:
    """The document may be entered in the book by itself."""

    verdict: Verdict


Proposal = Register | Held | Impounded | Noted


def judge(
    examination: Examination, office: Office, directory: Directory, now: datetime
) -> Proposal:
    """Propose what becomes of an examined mail; the first rule that applies decides."""
    mail = examination.opened.mail or MailView()
    # Điều 5.1: no level of secrecy may stay on this system, whatever the mail is.
    if examination.reading.secrecy is not None:
        return Impounded(examination.reading.secrecy)
    if mail.kind is not Kind.DOCUMENT:
        return Noted(mail.kind)
    return _of_document(examination, mail, office, directory, now)


def _of_document(
    examination: Examination, mail: MailView, office: Office, directory: Directory, now: datetime
) -> Register | Held:
    opened = examination.opened
    # Điều 3.8: documents are exchanged with enrolled mailboxes of allowed domains alone.
    day = in_vietnam(now).date()
    if known_sender(mail, directory, office.allowed_domains, day) is None:
        detail = _stranger(mail, directory, day)
        return Held(Reason.UNKNOWN_SENDER, detail, Lane.UNKNOWN_SENDER)
    # Điều 10.1: what is not addressed to us is answered promptly, by the clerk.
    if not is_ours(mail, opened.edxml, office.agency, office.addresses, directory):
        detail = "Văn bản không đúng địa chỉ nhận."
        return Held(Reason.WRONG_ADDRESSEE, detail, refusal=Reason.WRONG_ADDRESSEE)
    closed = _closed(opened)
    if closed is not None and opened.evidence.verdict is not Verdict.FAILED:
        return closed
    return _by_verdict(opened.evidence, office)


def _stranger(mail: MailView, directory: Directory, day: date) -> str:
    """Say why the sender is no partner; who succeeded an agency is proposed, and never assumed."""
    agency = directory.by_address(mail.from_[0].spec) if mail.from_ else None
    ended = succession(directory, agency, day) if agency else None
    if ended is None:
        return "Nơi gửi không có trong danh bạ hoặc ngoài tên miền được phép."
    return f"Nơi gửi không còn hiệu lực trong danh bạ: {ended.in_words}."


def _closed(opened: Opened) -> Held | None:
    """Hold what could not be looked into; the clerk reads why, and its sender never.

    Who sends changed ciphertexts and learns which of them open can read what he cannot decrypt
    (Vaudenay 2002, EFAIL 2018): the ground that is proposed is one for all locks.
    """
    locks = [lock for lock in opened.evidence.locks if not lock.opened]
    if locks:
        told = [_LOCKED[lock.why] for lock in locks if lock.why]
        detail = " ".join(dict.fromkeys(told or [_LOCKED[LockWhy.NO_KEY]]))
        return Held(Reason.ENCRYPTED, detail, refusal=Reason.ENCRYPTED)
    refused = [file for file in opened.files if file.refused]
    if refused and refused[0].refused:
        names = ", ".join(dict.fromkeys(file.name for file in refused[:3]))
        reason = refused[0].refused
        detail = f"Tệp gửi kèm không mở được một cách an toàn: {names}."
        return Held(reason, detail, refusal=reason)
    if opened.unsupported:
        return Held(Reason.UNSUPPORTED, _why(opened.evidence))
    return None


def _by_verdict(evidence: Evidence, office: Office) -> Register | Held:
    """Apply the policy table of the settings."""
    verdict = evidence.verdict
    if verdict is Verdict.FAILED:
        refusal = Reason.SIGNATURE_FAILED
        return Held(Reason.SIGNATURE_FAILED, _why(evidence), refusal=refusal)
    if verdict is None or verdict is Verdict.UNDETERMINED:
        reason = Reason.SIGNATURE_UNCHECKED if evidence.seals else Reason.ORIGIN_UNPROVEN
        return Held(reason, _why(evidence))
    if office.policy.get(verdict.value) != "register" or office.number_when == "confirmed":
        return Held(Reason.AWAITS_CLERK, "Chờ văn thư xác nhận trước khi vào sổ.")
    return Register(verdict)


def _why(evidence: Evidence) -> str:
    """Give the weightiest findings in words."""
    for level in (Level.FAIL, Level.UNCHECKED, Level.WARN):
        texts = [finding.text for finding in evidence.findings if finding.level is level]
        if texts:
            return " ".join(dict.fromkeys(texts[:3]))
    return "Chưa đủ căn cứ để vào sổ."
