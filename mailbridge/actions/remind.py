"""Remind: repeat urgent notices; tell what is held too long, and what is due or overdue."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime, timedelta

from mailbridge.actions.house import Chancery, House
from mailbridge.actions.owing import Alarm, tell
from mailbridge.letters import alerts, notices
from mailbridge.letters.due import due as letters_due
from mailbridge.model.document import Document
from mailbridge.model.status import Warned
from mailbridge.registry import documents, ledger, outbox, statuses
from mailbridge.registry.database import Transaction
from mailbridge.rules import routing

# Of an office that was away for weeks, so many deadlines are spoken of in one round.
_AT_ONCE = 200


def remind(house: House, now: datetime) -> int:
    """Owe what is due at this moment; asked again, it owes nothing twice. Returns how many."""
    with house.database.transaction() as tx:
        return sum(
            _repeat_urgent(tx, house, chancery, now)
            + _escalate(tx, house, chancery, now)
            + _deadlines(tx, house, chancery, now)
            for chancery in house.chanceries
        )


def _repeat_urgent(tx: Transaction, house: House, chancery: Chancery, now: datetime) -> int:
    urgent = documents.urgent_unacknowledged(tx, chancery.code)
    return sum(_repeat(tx, house, chancery, document, now) for document in urgent)


def _deadlines(tx: Transaction, house: House, chancery: Chancery, now: datetime) -> int:
    """Warn handlers before and at their deadlines and the head after them, once each."""
    telling, told = chancery.telling, 0
    for said, before, warned in _windows(chancery, now):
        found = statuses.due(tx, chancery.code, before, warned, _AT_ONCE)
        of_person: dict[str, list[Document]] = defaultdict(list)
        for document in found:
            handler = telling.head if said is Warned.HEAD else document.handler
            of_person[handler or telling.clerk].append(document)
        for person, documents_ in of_person.items():
            cause = ("due", said, *(f"{d.id}:{d.deadline}" for d in documents_))
            alarm = Alarm(chancery.mailboxes[0], cause, letters_due(said, documents_), person)
            tell(tx, house, alarm, now)
        statuses.say(tx, found, said)
        told += len(found)
    return told


def _windows(
    chancery: Chancery, now: datetime
) -> Iterator[tuple[Warned, datetime, tuple[Warned, ...]]]:
    """List what is said of which deadlines: those before a moment of which only less was said.

    The last first: what was away for days is told once, and as what it is now.
    """
    telling = chancery.telling
    after = now - timedelta(hours=telling.due_head_hours)
    soon = now + timedelta(hours=telling.due_before_hours)
    yield Warned.HEAD, after, (Warned.NOT_YET, Warned.BEFORE, Warned.AT)
    yield Warned.AT, now, (Warned.NOT_YET, Warned.BEFORE)
    yield Warned.BEFORE, soon, (Warned.NOT_YET,)


def _escalate(tx: Transaction, house: House, chancery: Chancery, now: datetime) -> int:
    """Tell the head of an office what its clerk has left held."""
    telling = chancery.telling
    since = now - timedelta(hours=telling.escalate_hours)
    held = ledger.held_since(tx, since, chancery.mailboxes)
    for row in held:
        facts = alerts.escalation(
            row.id, row.sender, row.detail, row.first_seen, telling.escalate_hours
        )
        person = telling.head or telling.clerk
        tell(tx, house, Alarm(row.mailbox, ("escalated", str(row.id)), facts, person), now)
    return len(held)


def _repeat(
    tx: Transaction, house: House, chancery: Chancery, document: Document, now: datetime
) -> int:
    """Repeat the notice to handler, clerk and head, once an interval of its urgency."""
    telling = chancery.telling
    minutes = telling.repeat_minutes[document.urgency.rank - 1]
    since = document.entered_at or document.received_at
    round_ = int((now - since) / timedelta(minutes=minutes))
    if round_ < 1:
        return 0
    _, route_why = routing.route(
        telling.routes, document.reading, document.key.agency, telling.clerk
    )
    for person in filter(None, dict.fromkeys((document.handler, telling.clerk, telling.head))):
        outbox.owe(
            tx,
            notices.notice(
                document,
                to=person,
                verdict_why="",
                route_why=route_why,
                # What came on paper is told through the first mailbox of its office.
                mailbox=document.mailbox or chancery.mailboxes[0],
                secret=house.secret,
                now=now,
                not_before=now,
                urgent=True,
                repeated=round_,
                by_reply=telling.by_reply,
            ),
        )
    return 1
