"""Remind: repeat urgent notices until somebody has them; tell what is held too long."""

from datetime import datetime, timedelta

from mailbridge.actions.house import Chancery, House
from mailbridge.actions.owing import Alarm, tell
from mailbridge.letters import alerts, notices
from mailbridge.model.document import Document
from mailbridge.registry import documents, ledger, outbox
from mailbridge.registry.database import Transaction
from mailbridge.rules import routing


def remind(house: House, now: datetime) -> int:
    """Owe what is due at this moment; asked again, it owes nothing twice. Returns how many."""
    with house.database.transaction() as tx:
        urgent = documents.urgent_unacknowledged(tx)
        repeated = sum(_repeat(tx, house, document, now) for document in urgent)
        return repeated + sum(_escalate(tx, house, chancery, now) for chancery in house.chanceries)


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


def _repeat(tx: Transaction, house: House, document: Document, now: datetime) -> int:
    """Repeat the notice to handler, clerk and head, once an interval of its urgency."""
    telling = house.of_mailbox(document.mailbox).telling
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
                mailbox=document.mailbox,
                secret=house.secret,
                now=now,
                not_before=now,
                urgent=True,
                repeated=round_,
            ),
        )
    return 1
