"""Letters that a decision owes, written into the outbox by the transaction of that decision."""

from dataclasses import dataclass, replace
from datetime import datetime

from mailbridge.actions.house import House
from mailbridge.letters import alerts, notices, receipts
from mailbridge.model.document import Document, Medium
from mailbridge.model.errors import Reason
from mailbridge.model.letter import AlertFacts, Party, Stage
from mailbridge.model.reading import Urgency
from mailbridge.model.status import StatusChange
from mailbridge.registry import documents, outbox, statuses
from mailbridge.registry.database import Transaction
from mailbridge.rules import deadlines, routing


@dataclass(frozen=True, slots=True)
class Ground:
    """Why a clerk returns a document: a reason that may be told, and the clerk's own words."""

    reason: Reason
    words: str


@dataclass(frozen=True, slots=True)
class Alarm:
    """What a person must look at, and what caused it."""

    mailbox: str
    cause: tuple[str, ...]
    facts: AlertFacts
    to: str | None = None


def owe_receipt(
    tx: Transaction,
    house: House,
    document: Document,
    stage: Stage,
    now: datetime,
    ground: Ground | None = None,
) -> None:
    """Owe the sender a receipt, to the address that the directory enrolled and to no other.

    Nothing is owed for what came on paper: no mail asked for it.
    """
    if document.medium is Medium.PAPER:
        return
    letter = receipts.receipt(
        document,
        stage,
        by=house.parties[document.mailbox],
        to=Party(document.key.agency, document.agency_name, document.sender),
        secret=house.secret,
        now=now,
        earlier=outbox.receipts_of(tx, document.id),
        reason=ground.reason if ground else None,
        words=ground.words if ground else "",
    )
    outbox.owe(tx, letter)


def stand(tx: Transaction, house: House, change: StatusChange) -> None:
    """Write where a document stands by what was decided (Điều 11.8)."""
    statuses.stand(tx, change, ends=house.regulation.statuses.ends(change.code))


def pass_on(tx: Transaction, house: House, document: Document, now: datetime, *, why: str) -> None:
    """Owe a notice to whoever handles the document, urgent ones at once (Điều 5.2, Điều 6.3)."""
    telling = house.of_mailbox(document.mailbox).telling
    handler, route_why = routing.route(
        telling.routes, document.reading, document.key.agency, telling.clerk
    )
    documents.assign(tx, document.id, handler)
    urgent = document.urgency is not Urgency.NORMAL
    # Điều 6.3: an urgent document is put before a person right after it came.
    people = dict.fromkeys((handler, telling.clerk, telling.head) if urgent else (handler,))
    for person in filter(None, people):
        notice = notices.notice(
            replace(document, handler=handler),
            to=person,
            verdict_why=why,
            route_why=route_why,
            mailbox=document.mailbox,
            secret=house.secret,
            now=now,
            not_before=now if urgent else deadlines.next_batch(now, telling.batch_minutes),
            urgent=urgent,
            by_reply=telling.by_reply,
        )
        outbox.owe(tx, notice)


def tell_handler(
    tx: Transaction, house: House, document: Document, change: StatusChange, why: str
) -> None:
    """Owe whoever was assigned a notice with deadline and opinion; each assignment its own."""
    chancery = house.of_office(document.office)
    urgent = document.urgency is not Urgency.NORMAL
    batch = deadlines.next_batch(change.at, chancery.telling.batch_minutes)
    notice = notices.notice(
        replace(document, handler=change.person),
        to=change.person.lower(),
        route_why=why,
        mailbox=document.mailbox or chancery.mailboxes[0],
        secret=house.secret,
        now=change.at,
        not_before=change.at if urgent else batch,
        urgent=urgent,
        due=document.deadline,
        opinion=change.opinion,
        assignment=len(statuses.history(tx, document.id)),
        by_reply=chancery.telling.by_reply,
    )
    outbox.owe(tx, notice)


def tell(tx: Transaction, house: House, alarm: Alarm, now: datetime) -> None:
    """Owe an alert to the clerk, or to the person named; the same cause is told once."""
    letter = alerts.alert(
        alarm.facts,
        to=alarm.to or house.of_mailbox(alarm.mailbox).telling.clerk,
        mailbox=alarm.mailbox,
        secret=house.secret,
        now=now,
        cause=alarm.cause,
        urgent=False,
    )
    outbox.owe(tx, letter)
