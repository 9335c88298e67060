"""Confirm: a clerk says that what was read is right; no machine changes it any more."""

from dataclasses import replace
from datetime import datetime

from mailbridge.actions.house import House
from mailbridge.model.document import Document, DocumentState
from mailbridge.registry import documents, journal


class CannotConfirmError(Exception):
    """There is no such document with fields to confirm."""


def confirm(house: House, document_id: int, who: str, now: datetime) -> Document:
    """Write who confirmed the fields that nobody had confirmed; the values stay as they are."""
    with house.database.transaction() as tx:
        document = documents.get(tx, document_id)
        if document is None or document.state in {DocumentState.REFUSED, DocumentState.VOID}:
            raise CannotConfirmError
        fields = document.reading.fields
        names = [name for name, field in fields.items() if field.confirmed_by is None]
        if not names:
            return document
        confirmed = fields | {name: replace(fields[name], confirmed_by=who) for name in names}
        document = replace(document, reading=replace(document.reading, fields=confirmed))
        documents.write(tx, document)
        data = {"by": who, "fields": " ".join(names)}
        journal.append(tx, document.office, "confirmed", f"document:{document.id}", data, now)
    return document
