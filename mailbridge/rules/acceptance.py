"""Whether an answer changes what we know of an exchange: rules against forgery, all must hold.

What is accepted becomes a fact; what is not changes nothing and is listed for a person, with why.
"""

from datetime import datetime, timedelta

from mailbridge.clock import in_vietnam
from mailbridge.model.directory import Agency, CertificateRole
from mailbridge.model.evidence import Evidence, Integrity, Verdict
from mailbridge.model.examination import MailView
from mailbridge.model.exchange import Fact, FactKind, Weight
from mailbridge.model.parcel import SealForm
from mailbridge.model.sending import StrayKind
from mailbridge.model.statement import (
    Accepted,
    Case,
    Ignored,
    Judgement,
    Match,
    Sender,
    Sent,
    Source,
    Statement,
    Strayed,
)
from mailbridge.rules import bounces
from mailbridge.rules.bounces import Rule

# Clocks are not alike; what is further ahead, or was said before we sent anything, is not true.
_CLOCKS = timedelta(hours=1)
_GOOD = {Verdict.LEGAL, Verdict.REFERENCE}
_ON_MAILS = {SealForm.SMIME, SealForm.OPENPGP}
_CONTRADICTIONS = ("contradicting-senders", "protected-differs")
_ROBOTS = ("mailer-daemon@", "postmaster@", "double-bounce@")
_OF_RECALLS = {FactKind.RECALLED, FactKind.RECALL_REFUSED}
# A receipt of these says that the files are there; a 02 may be about files that did not open.
_RECEIVED = {
    FactKind.ARRIVED,
    FactKind.REGISTERED,
    FactKind.ASSIGNED,
    FactKind.PROCESSING,
    FactKind.DONE,
}


def sender_of(mail: MailView, evidence: Evidence) -> Sender:
    """Say who wrote a mail, from what was proven of it."""
    address = mail.from_[0].spec if len(mail.from_) == 1 else ""
    on_mail = [s for s in evidence.seals if s.form in _ON_MAILS and not s.on_file]
    return Sender(
        address=address,
        agency=evidence.sender or "",
        is_good=evidence.verdict in _GOOD,
        is_failed=evidence.verdict is Verdict.FAILED,
        is_proven=evidence.origin_proven,
        is_broken=any(seal.integrity is Integrity.BROKEN for seal in on_mail),
        contradicts=any(evidence.has(code) for code in _CONTRADICTIONS) or not address,
        is_server=mail.return_path == "" or address.startswith(_ROBOTS),
    )


def signs_mails(agency: Agency | None, now: datetime) -> bool:
    """Tell whether an agency enrolled what it signs its mails with, for that day."""
    if agency is None:
        return False
    enrolled = any(
        one.role is CertificateRole.MAILBOX and one.speaks_on(in_vietnam(now).date())
        for one in agency.certificates
    )
    return enrolled or bool(agency.openpgp)


def judge(
    statement: Statement, sender: Sender, match: Match | None, sent: Sent | None, now: datetime
) -> Judgement:
    """Judge one statement against the exchange that it speaks of, if there is one."""
    if match is None or sent is None:
        return _orphan(statement)
    case = Case(statement, sender, match, sent, now)
    if statement.source is Source.WORDS:
        # Whoever answers in words: a person reads them, and nothing follows by itself.
        return bounces.says_nothing(case) or Ignored()
    rules = bounces.RULES if statement.source is Source.DELIVERY else _RULES
    for rule in rules:
        judged = rule(case)
        if judged is not None:
            return judged
    return Accepted(_fact(case), statement.key)


def _orphan(statement: Statement) -> Judgement:
    if statement.source is Source.WORDS:
        # Correspondence that has nothing to do with us as a sender.
        return Ignored()
    return Strayed(StrayKind.ORPHAN, "Không ứng với văn bản nào mà cơ quan ta đã gửi.")


def _fact(case: Case) -> Fact:
    said = case.statement
    return Fact(
        kind=said.kind or FactKind.ARRIVED,
        at=said.at,
        weight=Weight.PROVEN if case.is_proven else Weight.WEAK,
        # Whoever did not sign may not claim a place in the chain of those that did.
        seq=said.seq if case.is_proven else None,
        number=said.number,
        reason=said.reason,
    )


def _contradicts(case: Case) -> Judgement | None:
    if case.sender.contradicts:
        return Strayed(StrayKind.FORGED, "Các thông tin về người gửi phản hồi mâu thuẫn nhau.")
    return None


def _of_somebody_else(case: Case) -> Judgement | None:
    # Valid, and not of whom the directory has as the recipient: forged.
    signers = {cover.agency.lower() for cover in case.statement.covers if cover.agency}
    if signers and case.recipient not in signers:
        named = ", ".join(sorted(signers)).upper()
        return Strayed(
            StrayKind.FORGED,
            f"Phản hồi mang chữ ký số của cơ quan khác ({named}), không phải của nơi nhận.",
        )
    return None


def _not_its_recipient(case: Case) -> Judgement | None:
    to, sender, said = case.sent.exchange.to, case.sender, case.statement
    wrote = sender.address == to.address.lower() or (
        bool(case.recipient) and sender.agency.lower() == case.recipient
    )
    claimed = said.by[0].lower()
    if not wrote or (claimed and case.recipient and claimed != case.recipient):
        who = said.by[0] or sender.address or "không rõ"
        return Strayed(StrayKind.ORPHAN, f"Nơi trả lời ({who}) không phải là nơi nhận văn bản.")
    return None


def _not_to_us(case: Case) -> Judgement | None:
    agency, address = case.statement.to
    office = case.sent.exchange.office.lower()
    if not (agency or address) or agency.lower() == office or address in case.sent.own:
        return None
    return Strayed(StrayKind.ORPHAN, f"Phản hồi dành cho cơ quan khác ({agency or address}).")


def _out_of_time(case: Case) -> Judgement | None:
    if not case.statement.is_dated:
        return None
    if case.statement.at > case.now + _CLOCKS:
        return Strayed(StrayKind.FORGED, "Phản hồi ghi thời điểm ở tương lai.")
    if case.statement.at < case.sent.exchange.owed_at - _CLOCKS:
        return Strayed(StrayKind.FORGED, "Phản hồi ghi thời điểm trước khi văn bản được gửi.")
    return None


def _unsigned(case: Case) -> Judgement | None:
    """Believe what nobody signed of those alone who sign nothing, and then only weakly."""
    # Intact and of the right agency, though not everything could be checked: shown as weak.
    if case.is_proven or (case.statement.is_signed and not case.sender.is_failed):
        return None
    # Servers add lines at the end and break signatures; who names our token has seen our letter.
    # What ends an exchange is a person's matter then: 02 and 15 cannot be taken back.
    ends = case.statement.kind not in _RECEIVED
    if case.sender.is_broken and case.match.knows_token and not ends:
        return None
    if case.sent.signs or any(fact.weight is Weight.PROVEN for fact in case.sent.facts):
        return _of_one_who_signs(case)
    if case.match.knows_token or case.sender.is_proven:
        return None
    return Strayed(StrayKind.FORGED, "Phản hồi không có chữ ký số và chưa xác thực được nguồn gốc.")


def _of_one_who_signs(case: Case) -> Judgement:
    if case.statement.source is Source.NOTIFICATION:
        # Its mail program tells what its own receipt will prove.
        return Ignored()
    return Strayed(
        StrayKind.FORGED,
        "Phản hồi không có chữ ký số hợp lệ, trong khi nơi nhận vẫn ký số thư của mình.",
    )


def _of_another_content(case: Case) -> Judgement | None:
    # It may name more than we sent, having opened a container; where it names none, a lock stayed
    # closed there.
    named = case.statement.files
    if not named or case.statement.kind not in _RECEIVED or case.sent.files <= named:
        return None
    return Strayed(
        StrayKind.CONTENT, "Nơi nhận xác nhận tệp có nội dung khác với tệp mà cơ quan ta đã gửi."
    )


def _of_no_recall(case: Case) -> Judgement | None:
    asked = any(fact.kind is FactKind.RECALL_ASKED for fact in case.sent.facts)
    if case.statement.kind in _OF_RECALLS and not asked:
        return Strayed(
            StrayKind.DISPUTE,
            "Nơi nhận trả lời việc thu hồi, nhưng cơ quan ta không yêu cầu thu hồi.",
        )
    return None


_RULES: tuple[Rule, ...] = (
    _contradicts,
    _of_somebody_else,
    _not_its_recipient,
    _not_to_us,
    _out_of_time,
    bounces.known,
    bounces.says_nothing,
    _unsigned,
    _of_another_content,
    _of_no_recall,
)
