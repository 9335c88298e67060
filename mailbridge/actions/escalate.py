"""Escalate: what was called back and is still here past its deadline is put before the head."""

from datetime import datetime

from mailbridge.actions.house import Chancery, House
from mailbridge.actions.owing import Alarm, tell
from mailbridge.letters.recall_alerts import overdue
from mailbridge.registry import documents, journal, recalls
from mailbridge.registry.database import Transaction


def escalate(house: House, now: datetime) -> int:
    """Tell clerk and head of each overdue destruction, once (Điều 10.2); gives how many."""
    with house.database.transaction() as tx:
        return sum(_of_office(tx, house, chancery, now) for chancery in house.chanceries)


def _of_office(tx: Transaction, house: House, chancery: Chancery, now: datetime) -> int:
    found = recalls.overdue(tx, chancery.code, now)
    for recall in found:
        document = documents.get(tx, recall.document or 0)
        if document is None:
            continue
        facts = overdue(document, recall)
        people = dict.fromkeys((chancery.telling.clerk, chancery.telling.head))
        for person in filter(None, people):
            cause = ("recall-overdue", str(recall.id))
            tell(tx, house, Alarm(document.mailbox, cause, facts, person), now)
        recalls.escalated(tx, recall.id, now)
        data = {"recall": str(recall.id)}
        subject = f"document:{document.id}"
        journal.append(tx, chancery.code, "destruction-overdue", subject, data, now)
    return len(found)
