"""Void: a number is voided (hủy số) with its reason; it stays in the book and is never reused."""

from datetime import datetime

from mailbridge.actions.house import House
from mailbridge.model.entry import Entry, EntryState
from mailbridge.registry import documents, entries, journal
from mailbridge.registry.revisions import Cause


class CannotVoidError(Exception):
    """The number is void already."""


def void(house: House, entry_id: int, why: str, who: str, now: datetime) -> Entry:
    """Void a reserved number, or one that was given by mistake; raises CannotVoidError.

    A document that had it is kept, and stands in nobody's way when it comes again.
    """
    with house.database.transaction() as tx:
        entry = entries.get(tx, entry_id)
        if entry is None or entry.state is EntryState.VOID:
            raise CannotVoidError(entry.name if entry else str(entry_id))
        data = {"by": who, "why": why, "number": entry.name, "document": str(entry.document or "")}
        line = journal.append(tx, entry.office, "number-voided", f"entry:{entry.id}", data, now)
        entry = entries.void(tx, entry, Cause(why, who, line, now))
        if entry.document is not None:
            documents.void(tx, entry.document)
    return entry
