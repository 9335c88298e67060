"""Advance: a person leads a document from its entry to its end (Điều 5.2, 10.2, 11.8)."""

from dataclasses import dataclass
from datetime import datetime

from mailbridge.actions.house import House
from mailbridge.actions.owing import owe_receipt, tell_handler
from mailbridge.clock import in_vietnam
from mailbridge.model.document import Document, DocumentState
from mailbridge.model.letter import ReceiptFacts, Stage
from mailbridge.model.status import StatusChange
from mailbridge.registry import documents, journal, outbox, statuses
from mailbridge.registry.database import Transaction
from mailbridge.rules.receiving import receive_by
from mailbridge.rules.routing import may_be_given
from mailbridge.rules.statuses import Setter, Status, Step, step


@dataclass(frozen=True, slots=True)
class Assignment:
    """Whom a document is given to, until when, and with which words. All may be left out."""

    unit: str = ""
    # Address of a person.
    person: str = ""
    deadline: datetime | None = None
    opinion: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class By:
    """Who does it, and when."""

    who: str
    at: datetime


class CannotAdvanceError(Exception):
    """The step is not lawful; the text says why in Vietnamese."""


class AlreadyThereError(CannotAdvanceError):
    """The document stands there already, with the same assignment: nothing was written."""


_WHY = {
    Step.UNKNOWN: "danh mục không có trạng thái “{to}”",
    Step.NOT_YOURS: "trạng thái “{label}” không do lệnh này ghi",
    Step.UNLAWFUL: "không chuyển được từ “{present}” sang “{label}”",
    Step.NEEDS_REASON: "trạng thái “{label}” cần ghi lý do (--note)",
}


def advance(
    house: House, document_id: int, to: str, given: Assignment, who: str, now: datetime
) -> Document:
    """Write the step, its history and the letters that it owes; raises CannotAdvanceError."""
    with house.database.transaction() as tx:
        return advanced(tx, house, document_id, to, given, By(who, now))


def advanced(
    tx: Transaction, house: House, document_id: int, to: str, given: Assignment, by: By
) -> Document:
    """Do it as part of the caller's transaction; nothing is written where it raises."""
    document = documents.get(tx, document_id)
    if document is None or document.state is not DocumentState.REGISTERED:
        raise CannotAdvanceError("văn bản không ở trong sổ, hoặc đã trả lại")
    status, moves = _judged(house, document, to, given)
    _demand(house, document, given, by.at)
    change = StatusChange(
        document=document.id,
        code=status.code,
        at=by.at,
        by=by.who,
        unit=given.unit,
        person=given.person.strip().lower(),
        deadline=given.deadline or _suggested(house, document, status),
        opinion=given.opinion,
        note=given.note,
    )
    _write(tx, document, status, change, moves=moves)
    after = documents.get(tx, document.id) or document
    _owe(tx, house, after, status, change)
    return after


def _judged(house: House, document: Document, to: str, given: Assignment) -> tuple[Status, bool]:
    """Find the status and whether the document moves to it; the same one may be given anew."""
    catalogue = house.regulation.statuses
    found = step(catalogue, document.status, to, Setter.OFFICE, has_reason=bool(given.note))
    status = catalogue.find(to)
    if status is not None and found is Step.SAME:
        if _is_the_same(document, given) or status.ends:
            raise AlreadyThereError(f"văn bản đã ở trạng thái “{status.label}”")
        return status, True
    if status is None or found not in {Step.MOVES, Step.NOTED}:
        label = status.label if status else to
        present = catalogue.label(document.status)
        raise CannotAdvanceError(_WHY[found].format(to=to, label=label, present=present))
    return status, found is Step.MOVES


def _is_the_same(document: Document, given: Assignment) -> bool:
    """Tell whether nothing of the assignment is new; an opinion alone is."""
    return (
        given.unit in {"", document.unit}
        and given.person.strip().lower() in {"", (document.handler or "").lower()}
        and given.deadline in {None, document.deadline}
        and not given.opinion
    )


def _demand(house: House, document: Document, given: Assignment, now: datetime) -> None:
    if given.deadline is not None and given.deadline <= now:
        raise CannotAdvanceError("thời hạn xử lý đã qua")
    chancery = house.of_office(document.office)
    telling = chancery.telling
    known = (telling.clerk, telling.head or "", *(route.to for route in telling.routes))
    domains = chancery.office.allowed_domains
    if given.person and not may_be_given(given.person, known, domains):
        raise CannotAdvanceError(f"{given.person} không phải địa chỉ thư công vụ (Điều 3.8)")


def _suggested(house: House, document: Document, status: Status) -> datetime | None:
    """Take the deadline that the document names, when it is first passed on without another."""
    if document.deadline is not None or status.ends or status.passing:
        return None
    rules = house.regulation
    found = receive_by(document.reading, document.received_at, rules.calendar, rules.handling)
    return found.handle


def _write(
    tx: Transaction, document: Document, status: Status, change: StatusChange, *, moves: bool
) -> None:
    if moves:
        statuses.stand(tx, change, ends=status.ends)
        if status.ends or status.code == Stage.PROCESSING:
            # Điều 6.3: somebody has it in hand, so that an urgent one need not be put before more.
            documents.acknowledge(tx, document.id, change.by, change.at)
    else:
        statuses.note(tx, change)
    data = {
        "by": change.by,
        "from": document.status,
        "to": change.code,
        "unit": change.unit,
        "person": change.person,
        "deadline": in_vietnam(change.deadline).isoformat() if change.deadline else "",
        "opinion": change.opinion,
        "note": change.note,
    }
    journal.append(tx, document.office, "advanced", f"document:{document.id}", data, change.at)


def _owe(
    tx: Transaction, house: House, document: Document, status: Status, change: StatusChange
) -> None:
    if change.person:
        why = f"{change.by} phân công: {status.label.lower()}."
        tell_handler(tx, house, document, change, why)
    if status.told and document.key.agency and document.ledger:
        stage = Stage(status.code)
        sent = [letter.facts for letter in outbox.receipts_of(tx, document.id)]
        # Each stage is told once: passing it on once more inside the office owes nothing.
        if not any(isinstance(one, ReceiptFacts) and one.stage is stage for one in sent):
            owe_receipt(tx, house, document, stage, change.at)
