"""Applying: what an answer says of a document of ours becomes a fact, or a stray, or nothing.

Rules judge it (`rules/acceptance`); here stands only what is written. Nothing is answered: a
receipt for a receipt would never end.
"""

from dataclasses import dataclass, field
from datetime import datetime

from mailbridge.actions import act_by_reply, returned, straying
from mailbridge.actions.case import Case
from mailbridge.actions.exchanging import learn
from mailbridge.actions.house import House
from mailbridge.actions.straying import Lost
from mailbridge.letters.reason_words import in_words
from mailbridge.model.directory import Directory
from mailbridge.model.examination import Opened
from mailbridge.model.exchange import Dispute, Fact, FactKind, Standing, Weight
from mailbridge.model.letter import DocumentFacts, Letter, LetterKind, LetterState, ReceiptFacts
from mailbridge.model.message import Kind
from mailbridge.model.outcome import Applied
from mailbridge.model.report import Answers
from mailbridge.model.sending import Exchange, StrayKind, TaskKind
from mailbridge.model.statement import Accepted, Match, Sent, Source, Statement, Strayed, Way
from mailbridge.registry import exchanges, journal, outbox, recall_answers, tasks_of_people
from mailbridge.registry.database import Transaction
from mailbridge.registry.tasks_of_people import Cause
from mailbridge.rules import acceptance, matching, statements
from mailbridge.rules.matching import Clue

_UNREAD = Strayed(StrayKind.ORPHAN, "Phần dữ liệu của thư phản hồi không đọc được.")
_RECALL = {FactKind.RECALLED, FactKind.RECALL_REFUSED}
_DISPUTES = {
    Dispute.TWO_NUMBERS: "nơi nhận báo hai số đến khác nhau cho cùng một văn bản",
    Dispute.WORKED_AFTER_RETURN: "nơi nhận báo đang xử lý sau khi đã trả lại",
    Dispute.ALIVE_AFTER_RECALL: "nơi nhận báo trạng thái mới sau khi đã hủy bỏ văn bản",
}
# What of a stray a person must look at soon; the others stand in their list.
_CALLS = {
    StrayKind.CONTENT: TaskKind.DISPUTE,
    StrayKind.DISPUTE: TaskKind.DISPUTE,
    StrayKind.WORDS: TaskKind.READ,
}


@dataclass(frozen=True, slots=True)
class _Answer:
    """One mail with answers, and who judges them."""

    house: House
    case: Case
    directory: Directory
    now: datetime
    lost: list[Lost] = field(default_factory=list)


def apply(
    tx: Transaction, house: House, case: Case, directory: Directory, now: datetime
) -> Applied | None:
    """Apply every answer in a mail; None where none of them is about what we sent."""
    acted = act_by_reply.apply(tx, house, case, now)
    if acted is not None:
        return acted
    opened = case.examination.opened
    answer = _Answer(house, case, directory, now)
    concerned: list[str] = []
    stated = statements.of(opened, case.arrival.internal_date)
    if case.mail.kind is Kind.RECEIPT:
        for about in _unread(opened.answers, is_all=not stated):
            answer.lost.append(Lost(_UNREAD, about=about))
    for statement in stated:
        if returned.is_of_another_letter(tx, house, case, statement, now):
            continue
        match = matching.found(statement, _look(tx, case.office), opened.evidence.sender or "")
        exchange = match.exchanges[0] if match is not None else None
        if _one(tx, answer, statement, match, exchange) and exchange is not None:
            concerned.append(f"exchange:{exchange.id}")
    straying.write(tx, case, answer.lost, now, known=bool(opened.evidence.sender))
    return Applied(", ".join(dict.fromkeys(concerned))) if concerned else None


def _look(tx: Transaction, office: str) -> matching.Look:
    """Look in the register along one clue, within the office that the answer came to."""

    def look(clue: Clue) -> tuple[Exchange, ...]:
        if clue.way is Way.KEY:
            issued = clue.issued.isoformat() if clue.issued else None
            return exchanges.by_document_key(tx, office, clue.values[0], issued)
        if clue.way is Way.FILES:
            return exchanges.by_files(tx, office, clue.values)
        found = (exchanges.by_token(tx, token, office) for token in clue.values)
        return tuple(one for one in found if one is not None)

    return look


def _one(
    tx: Transaction,
    answer: _Answer,
    statement: Statement,
    match: Match | None,
    exchange: Exchange | None,
) -> bool:
    """Judge one statement and write what follows; true where it is about a sending of ours."""
    opened = answer.case.examination.opened
    mail = answer.case.mail
    sender = acceptance.sender_of(mail, opened.evidence)
    letters = outbox.of_exchange(tx, exchange.id) if exchange is not None else ()
    sent = _sent(tx, answer, exchange, letters) if exchange is not None else None
    judged = acceptance.judge(statement, sender, match, sent, answer.now)
    if isinstance(judged, Strayed):
        answer.lost.append(Lost(judged, exchange, _about(opened, statement)))
        _call_about(tx, answer, judged, exchange)
        return False
    if isinstance(judged, Accepted) and exchange is not None:
        _accept(tx, answer, judged, exchange, letters)
    return exchange is not None and statement.kind is not None


def _sent(
    tx: Transaction, answer: _Answer, exchange: Exchange, letters: tuple[Letter, ...]
) -> Sent:
    office = answer.house.of_office(exchange.office).office
    return Sent(
        exchange=exchange,
        own=frozenset(address.lower() for address in office.addresses),
        files=frozenset(
            file.sha256
            for letter in letters
            if isinstance(letter.facts, DocumentFacts)
            for file in letter.facts.files
        ),
        known=exchanges.keys(tx, exchange.id),
        facts=exchanges.facts(tx, exchange.id),
        signs=acceptance.signs_mails(answer.directory.by_code(exchange.to.agency), answer.now),
    )


def _accept(
    tx: Transaction,
    answer: _Answer,
    judged: Accepted,
    exchange: Exchange,
    letters: tuple[Letter, ...],
) -> None:
    row, now, fact = answer.case.ledger, answer.now, judged.fact
    standing = learn(tx, exchange, judged.key, fact, row, now)
    data = {"fact": fact.kind.value, "weight": fact.weight.value, "mail": str(row)}
    journal.append(tx, exchange.office, "answered", f"exchange:{exchange.id}", data, now)
    if fact.weight is not Weight.OWN and fact.kind is not FactKind.BOUNCED:
        _was_taken(tx, letters, now)
    if fact.kind in _RECALL:
        _keep_answer(tx, answer, exchange, judged)
    _call(tx, answer, exchange, fact, standing)


def _was_taken(tx: Transaction, letters: tuple[Letter, ...], now: datetime) -> None:
    """Let an answer settle what a lost line had left uncertain: the letter did arrive."""
    perhaps = [
        letter.id
        for letter in letters
        if letter.state is LetterState.UNCERTAIN and letter.kind is LetterKind.DOCUMENT
    ]
    if perhaps:
        outbox.sent(tx, perhaps, now)


def _keep_answer(tx: Transaction, answer: _Answer, exchange: Exchange, judged: Accepted) -> None:
    """Keep the words and the proof of an answer to a recall (Điều 10.2)."""
    for machine in answer.case.examination.opened.answers.machines:
        facts = machine.facts
        if isinstance(facts, ReceiptFacts) and judged.key.endswith(facts.receipt_id):
            row, weight = answer.case.ledger, judged.fact.weight
            recall_answers.keep(tx, exchange.id, facts, weight, row, answer.now)


def _call(
    tx: Transaction, answer: _Answer, exchange: Exchange, fact: Fact, standing: Standing
) -> None:
    """Open a task where a person must do something about it."""
    named = f"văn bản đã gửi (sent:{exchange.document})"
    if fact.kind is FactKind.REFUSED:
        does = "trả lại" if standing.is_return else "từ chối nhận"
        words = (
            f"{exchange.to.name} {does} {named}: {in_words(fact.reason) or '(không nêu lý do)'}. "
            "Sửa, ký lại và gửi lại, hoặc thu hồi."
        )
        _open(tx, answer, exchange, TaskKind.RETURNED, words)
    if fact.kind is FactKind.BOUNCED:
        words = (
            f"Thư tới {exchange.to.name} bị trả về ({fact.reason}): {named}. Kiểm tra địa chỉ: "
            "đúng thì gửi lại (mailbridge exchange resend), sai thì sửa trong danh bạ rồi gửi tới "
            "địa chỉ mới (mailbridge exchange add)."
        )
        _open(tx, answer, exchange, TaskKind.BOUNCED, words)
    for dispute in sorted(standing.disputes):
        words = f"{exchange.to.name}: {_DISPUTES[dispute]}; {named}. Hỏi nơi nhận."
        _open(tx, answer, exchange, TaskKind.DISPUTE, words, dispute.value)


def _unread(answers: Answers, *, is_all: bool) -> tuple[str, ...]:
    """Name what cannot be read: the mail where nothing can, else each part among those that can."""
    if is_all:
        return ("",) if answers.unread else ()
    return tuple(path for path, _ in answers.unread) if answers.machines else ()


def _about(opened: Opened, statement: Statement) -> str:
    """Name the answer where a mail has several: each has its own fault."""
    several = statement.source is Source.MACHINE and len(opened.answers.machines) > 1
    return statement.key if several else ""


def _call_about(
    tx: Transaction, answer: _Answer, judged: Strayed, exchange: Exchange | None
) -> None:
    """Open a task where a person must read what changed nothing."""
    kind, row = _CALLS.get(judged.kind), answer.case.ledger
    if kind is not None and exchange is not None:
        words = f"{exchange.to.name}: {judged.why} (sổ thư số {row})"
        _open(tx, answer, exchange, kind, words, f"mail:{row}")


def _open(
    tx: Transaction,
    answer: _Answer,
    exchange: Exchange,
    kind: TaskKind,
    words: str,
    more: str = "",
) -> None:
    name = f"exchange:{exchange.id}:{more or answer.case.ledger}"
    cause = Cause(exchange.office, kind, name, exchange.document, exchange.id)
    clerk = answer.house.of_office(exchange.office).telling.clerk
    tasks_of_people.open_(tx, cause, words, answer.now, clerk)
