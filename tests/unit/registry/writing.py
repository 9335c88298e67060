"""What one of many writing programs does until it is killed."""

from contextlib import suppress
from datetime import datetime
from itertools import count

from mailbridge.model.document import Document, DocumentKey, DocumentState
from mailbridge.model.evidence import Verdict
from mailbridge.model.outcome import BookName, Registered
from mailbridge.model.reading import Reading, Urgency
from mailbridge.model.slot import Arrival, Fingerprint, Slot
from mailbridge.registry import books, documents, journal, ledger
from mailbridge.registry.database import Database

OFFICE = "DEMO.02.07"


def enter(database: Database, first_uid: int, now: datetime) -> None:
    """Begin a mail and enter it, for ever: each as the service does, in two transactions.

    Others may be at the very same mails: who comes second finds them settled.
    """
    for uid in count(first_uid):
        arrival = Arrival(Slot("vanthu", 1, uid), 1, now)
        with database.transaction(durable=False) as tx:
            attempt = ledger.begin(tx, arrival, Fingerprint(f"{uid:064x}"), now)
        row = attempt.ledger
        if attempt.outcome is not None:
            continue
        with suppress(ValueError), database.transaction() as tx:
            # A ledger row that is settled already raises at `settle`, and nothing is written.
            added = documents.add(tx, _document(row, uid, now))
            number = books.enter(tx, BookName(OFFICE, "den"), added, now.date(), now)
            ledger.settle(tx, row, Registered((number,)), now, kind=None, mail=None)
            journal.append(tx, OFFICE, "settled", f"mail:{row}", {"number": str(number)}, now)


def _document(row: int, uid: int, now: datetime) -> Document:
    return Document(
        id=0,
        ledger=row,
        mailbox="vanthu",
        office=OFFICE,
        key=DocumentKey("DEMO.01", f"{uid}-CV/VPTU", "2026-11-23"),
        agency_name="",
        sender="vptu@hungyen.gov.vn",
        verdict=Verdict.LEGAL,
        state=DocumentState.REGISTERED,
        urgency=Urgency.NORMAL,
        reading=Reading(),
        files=(),
        received_at=now,
    )
