"""Withholding: what a proven recall means is locked in the transaction that learns of it (10.2).

From then on it is not printed, exported, handed over, found or told of again, whatever its status;
everybody whom it was passed to is told, and somebody has to destroy it.
"""

from dataclasses import replace
from datetime import datetime, timedelta

from mailbridge.actions.house import House
from mailbridge.actions.owing import Alarm, tell
from mailbridge.actions.tracking import no_paper_any_more
from mailbridge.letters.recall_alerts import withheld
from mailbridge.model.document import Document, DocumentState
from mailbridge.model.recall import Recall, RecallState
from mailbridge.model.sending import TaskKind
from mailbridge.model.status import MACHINE, StatusChange
from mailbridge.registry import (
    documents,
    journal,
    recalls,
    search_index,
    statuses,
    tasks_of_people,
    withdrawn,
)
from mailbridge.registry.database import Transaction
from mailbridge.registry.tasks_of_people import Cause

# QCVN 102: the sender asks to have it back.
ASKED = "13"
# Of notices that have not left.
CALLED_BACK = "văn bản đã bị thu hồi"
_DESTROY = "Hủy bỏ văn bản bị thu hồi {name} theo yêu cầu của {agency} (Điều 10.2)."


def withhold(
    tx: Transaction, house: House, document: Document, asked: Recall, now: datetime
) -> Recall:
    """Lock a document and store the recall, with its task or its order to destroy."""
    telling = house.of_office(document.office).telling
    recall = replace(asked, document=document.id, state=RecallState.WITHHELD)
    if telling.recall_at_once or document.state is DocumentState.WITHHELD:
        recall = replace(recall, state=RecallState.ERASING, by=MACHINE, ordered_at=now)
    else:
        recall = replace(recall, due=now + timedelta(hours=telling.recall_hours))
    recall = replace(recall, id=recalls.add(tx, recall))
    _lock(tx, document, recall, now)
    _tell(tx, house, document, recall, now)
    if recall.due is not None:
        cause = Cause(document.office, TaskKind.DESTROY, f"recall:{recall.id}", document.id)
        words = _DESTROY.format(name=named(document), agency=document.agency_name)
        tasks_of_people.open_(tx, cause, words, now, telling.clerk, recall.due)
    return recall


def named(document: Document) -> str:
    """Name a document for people: number and notation, and its number here."""
    number = f" (số đến {document.number})" if document.number else ""
    return f"{document.key.symbol or 'không số'}{number}"


def _lock(tx: Transaction, document: Document, recall: Recall, now: datetime) -> None:
    documents.set_state(tx, document.id, DocumentState.WITHHELD)
    by = document.agency_name or recall.claim.agency
    statuses.note(tx, StatusChange(document.id, ASKED, now, by, note=recall.claim.reason))
    search_index.close(tx, document.id)
    recalls.free(tx, document.ledger, f"recall:{recall.id}", now)
    withdrawn.withdraw_notices(tx, document.id, CALLED_BACK)
    locked = replace(document, state=DocumentState.WITHHELD)
    no_paper_any_more(tx, locked, MACHINE, now)
    data = {
        "by": recall.claim.agency,
        "recall": str(recall.id),
        "reason": recall.claim.reason,
        "mail": str(recall.ledger),
    }
    journal.append(tx, document.office, "withheld", f"document:{document.id}", data, now)


def _tell(
    tx: Transaction, house: House, document: Document, recall: Recall, now: datetime
) -> None:  # fmt: skip
    chancery = house.of_office(document.office)
    facts = withheld(document, recall)
    for person in have_it(tx, house, document):
        cause = ("withheld", str(recall.id))
        mailbox = document.mailbox or chancery.mailboxes[0]
        tell(tx, house, Alarm(mailbox, cause, facts, person), now)


def have_it(tx: Transaction, house: House, document: Document) -> tuple[str, ...]:
    """List everybody whom the document was passed to, and the clerk and the head."""
    telling = house.of_office(document.office).telling
    notices = [letter.to for letter in withdrawn.notices_of(tx, document.id)]
    assigned = [change.person for change in statuses.history(tx, document.id)]
    people = (telling.clerk, telling.head, document.handler, *notices, *assigned)
    return tuple(dict.fromkeys(person.lower() for person in people if person))
