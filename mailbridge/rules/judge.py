"""Judge: from an examination to a proposed outcome. Pure; the number comes at settling."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from mailbridge.clock import in_vietnam
from mailbridge.model.directory import Directory
from mailbridge.model.errors import Reason
from mailbridge.model.evidence import Evidence, Level, Verdict
from mailbridge.model.examination import Examination, MailView
from mailbridge.model.message import Kind
from mailbridge.model.outcome import Held, Impounded, Lane, Noted
from mailbridge.rules.addressee import is_ours
from mailbridge.rules.senders import known_sender


@dataclass(frozen=True, slots=True)
class Office:
    """Our own agency, its addresses, and what it decided about verdicts."""

    agency: str
    addresses: tuple[str, ...]
    allowed_domains: tuple[str, ...]
    policy: dict[str, str]
    number_when: Literal["proven", "confirmed"]


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
    if mail.kind is Kind.RECALL:
        return Held(Reason.UNSUPPORTED, "Thu hồi văn bản qua thư chưa được hỗ trợ.")
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
        detail = "Nơi gửi không có trong danh bạ hoặc ngoài tên miền được phép."
        return Held(Reason.UNKNOWN_SENDER, detail, Lane.UNKNOWN_SENDER)
    # Điều 10.1: what is not addressed to us is answered promptly, by the clerk.
    if not is_ours(mail, opened.edxml, office.agency, office.addresses, directory):
        detail = "Văn bản không đúng địa chỉ nhận."
        return Held(Reason.WRONG_ADDRESSEE, detail, refusal=Reason.WRONG_ADDRESSEE)
    if opened.unsupported:
        return Held(Reason.UNSUPPORTED, _why(opened.evidence))
    return _by_verdict(opened.evidence, office)


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
