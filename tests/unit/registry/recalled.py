"""A document that came by mail, and the recall that means it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from mailbridge.model.document import Document
from mailbridge.model.examination import MailView
from mailbridge.model.message import Kind
from mailbridge.model.outcome import Noted
from mailbridge.model.outgoing import FileFact
from mailbridge.model.recall import Claim, Recall, RecallState, Strength
from mailbridge.model.slot import Arrival, Fingerprint, Slot
from mailbridge.registry import documents, ledger, recalls
from mailbridge.registry.database import Transaction
from tests.unit.registry.conftest import NOW, OFFICE

AGENCY = "DEMO.01"
CLAIM = Claim(
    "r1",
    AGENCY,
    "12-CV/VPTU",
    "2026-11-23",
    "1@hungyen.gov.vn",
    (FileFact("a.pdf", 1, "a" * 64),),
    "nhầm",
    NOW,
)
# SHA-256 of the mail that brought the document.
MAIL = Fingerprint("e" * 64)


def settled(tx: Transaction, uid: int, fingerprint: Fingerprint) -> int:
    """Write a settled mail."""
    arrival = Arrival(Slot("vanthu", 1, uid), 5, NOW)
    row = ledger.begin(tx, arrival, fingerprint, NOW).ledger
    ledger.settle(tx, row, Noted(Kind.OTHER), NOW, kind=Kind.OTHER, mail=MailView())
    return row


def recalled(
    tx: Transaction,
    document: Callable[..., Document],
    state: RecallState = RecallState.WITHHELD,
    uid: int = 1,
) -> Recall:
    """Store a document with its mail, and a recall of it."""
    row = settled(tx, uid, MAIL)
    made = replace(document(row), message_id="<1@hungyen.gov.vn>")
    of = documents.add(tx, made)
    recall = Recall(
        id=0,
        office=OFFICE,
        ledger=row,
        claim=CLAIM,
        address="vptu@hungyen.gov.vn",
        strength=Strength.SEAL,
        state=state,
        at=NOW,
        document=of,
        due=NOW + timedelta(days=1),
    )
    return replace(recall, id=recalls.add(tx, recall))
