"""Acknowledge: a person has an urgent document in hand; its notices stop repeating (Điều 6.3)."""

from datetime import datetime

from mailbridge.actions.house import House
from mailbridge.model.document import Document
from mailbridge.registry import documents, journal


def acknowledge(house: House, document: Document, who: str, now: datetime) -> None:
    """Write down who has it; the first acknowledgement counts."""
    with house.database.transaction() as tx:
        if documents.acknowledge(tx, document.id, who, now):
            subject = f"document:{document.id}"
            journal.append(tx, document.office, "acknowledged", subject, {"by": who}, now)
