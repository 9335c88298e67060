"""Remind: repeat urgent notices until somebody has them; tell what is held too long."""

from datetime import datetime, timedelta

from mailbridge.actions.house import House
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
        held = ledger.held_since(tx, now - timedelta(hours=house.telling.escalate_hours))
        for row in held:
            facts = alerts.escalation(
                row.id, row.sender, row.detail, row.first_seen, house.telling.escalate_hours
            )
            person = house.telling.head or house.telling.clerk
            tell(tx, house, Alarm(row.mailbox, ("escalated", str(row.id)), facts, person), now)
    return repeated + len(held)


def _repeat(tx: Transaction, house: House, document: Document, now: datetime) -> int:
    """Repeat the notice to handler, clerk and head, once an interval of its urgency."""
    telling = house.telling
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
