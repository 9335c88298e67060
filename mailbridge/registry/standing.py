"""How an entry and its document stood when a line of the journal was written, and its digest.

What is there now, with every later revision taken back, newest first.
"""

import hashlib
import json
from datetime import UTC, datetime
from typing import Any

from sqlmodel import col, select

from mailbridge.model import codec
from mailbridge.model.entry import Entry
from mailbridge.model.reading import Reading
from mailbridge.registry import book_tables, tables
from mailbridge.registry.database import Transaction

# Revisions of a column of the document; those of a field bear the field's own name.
COLUMN = "document."
COLUMNS = ("agency", "agency_name", "symbol", "issued", "urgency")


def digest(tx: Transaction, entry: Entry, line: int) -> str:
    """Give the SHA-256, in hex, of what stood in the book at that line of the journal."""
    return hashlib.sha256(canonical(_entry(tx, entry, line))).hexdigest()


def canonical(value: object) -> bytes:
    """Write a value as JSON in the one way that its digest is made of."""
    return json.dumps(
        value, sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=_plain
    ).encode()


def _entry(tx: Transaction, entry: Entry, line: int) -> dict[str, Any]:
    document = entry.document
    void = None
    if entry.voided_at is not None:
        void = [entry.voided_at, entry.voided_by, entry.void_why]
    for change in _later(tx, line, entry=entry.id):
        if change.field == "document":
            document = int(change.before) if change.before else None
        elif change.field == "void":
            void = None
    return {
        "office": entry.office,
        "number": entry.name,
        "direction": entry.direction.value,
        "entered_at": entry.entered_at,
        "symbol": entry.symbol,
        "type": entry.type,
        "purpose": entry.purpose,
        "taken_by": entry.taken_by,
        "void": void,
        "document": _document(tx, document, line) if document else None,
    }


def _document(tx: Transaction, document: int, line: int) -> dict[str, Any] | None:
    row = tx.session.get(tables.Document, document)
    if row is None:
        return None
    reading = codec.decode(Reading, row.reading)
    columns: dict[str, str | None] = {name: getattr(row, name) for name in COLUMNS}
    fields: dict[str, str | None] = {
        name.value: field.value for name, field in reading.fields.items()
    }
    for change in _later(tx, line, document=document):
        if change.field.startswith(COLUMN):
            columns[change.field.removeprefix(COLUMN)] = change.before
        else:
            fields[change.field] = change.before
    files = select(tables.File.sha256).where(tables.File.document == document)
    return {
        **columns,
        "fields": {name: value for name, value in fields.items() if value is not None},
        "verdict": row.verdict,
        "received_at": row.received_at,
        "direction": row.direction,
        "medium": row.medium,
        "sender": row.sender,
        "message_id": row.message_id,
        "mic": row.mic,
        "files": list(tx.session.exec(files.order_by("position"))),
    }


def _later(tx: Transaction, line: int, **subject: int) -> list[book_tables.Revision]:
    """List what was changed after that line, newest first."""
    found = select(book_tables.Revision).where(book_tables.Revision.line > line)
    for name, value in subject.items():
        found = found.where(getattr(book_tables.Revision, name) == value)
    return list(tx.session.exec(found.order_by(col(book_tables.Revision.id).desc())))


def _plain(value: object) -> str:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    raise TypeError(f"no canonical form: {type(value)}")
