"""Entries (dòng sổ) by name; numbers that are reserved, used, or void."""

import re

from sqlmodel import col, select

from mailbridge.model.entry import Entry, EntryState
from mailbridge.model.outcome import Direction, Number
from mailbridge.registry import book_tables, revisions
from mailbridge.registry.database import Transaction
from mailbridge.registry.revisions import Cause, Change

# 431, 431/2026, BOOK:431/2026; of a series 12-QĐ, 12-QĐ/2025, BOOK:12-QĐ/2025.
_NAME = re.compile(
    r"^(?:(?P<book>[^:/\s]{1,40}):)?(?P<ordinal>\d{1,9})"
    r"(?:-(?P<series>[^\W\d_]{1,20}))?(?:/(?P<year>\d{4}))?$"
)


def named(
    tx: Transaction, name: str, office: str | None = None, prefer: Direction | None = None
) -> tuple[Entry, ...]:
    """Find entries by name, or by number and notation; more than one: the name is ambiguous.

    A name without its book is looked up in the books of the preferred direction first.
    """
    match = _NAME.match(name.strip())
    found = select(book_tables.Entry).order_by("id")
    if office is not None:
        found = found.where(book_tables.Entry.office == office)
    if match is None:
        printed = found.where(book_tables.Entry.symbol == name.strip())
        return tuple(map(_value, tx.session.exec(printed)))
    found = found.where(book_tables.Entry.ordinal == int(match["ordinal"]))
    if match["year"]:
        found = found.where(book_tables.Entry.year == int(match["year"]))
    if match["book"]:
        found = found.where(book_tables.Entry.book == match["book"])
    if match["series"]:
        found = found.where(book_tables.Entry.series == match["series"])
    entries = tuple(map(_value, tx.session.exec(found)))
    preferred = tuple(entry for entry in entries if entry.direction is prefer)
    return entries if match["book"] else preferred or entries


def get(tx: Transaction, entry: int) -> Entry | None:
    """Find one entry."""
    row = tx.session.get(book_tables.Entry, entry)
    return _value(row) if row else None


def of_document(tx: Transaction, document: int) -> Entry | None:
    """Find the entry that a document has."""
    found = select(book_tables.Entry).where(book_tables.Entry.document == document)
    row = tx.session.exec(found).first()
    return _value(row) if row else None


def of_book(
    tx: Transaction, office: str | None, book: str | None, limit: int = 50
) -> tuple[Entry, ...]:
    """List the lines of a book, newest first, void and reserved ones too."""
    found = select(book_tables.Entry).order_by(col(book_tables.Entry.id).desc()).limit(limit)
    if office is not None:
        found = found.where(book_tables.Entry.office == office)
    if book is not None:
        found = found.where(book_tables.Entry.book == book)
    return tuple(map(_value, tx.session.exec(found)))


def reserved(tx: Transaction, office: str | None = None) -> tuple[Entry, ...]:
    """List the numbers that wait for their documents, oldest first."""
    found = (
        select(book_tables.Entry)
        .where(col(book_tables.Entry.document).is_(None))
        .where(col(book_tables.Entry.voided_at).is_(None))
        .order_by("id")
    )
    if office is not None:
        found = found.where(book_tables.Entry.office == office)
    return tuple(map(_value, tx.session.exec(found)))


def use(tx: Transaction, entry: Entry, document: int, cause: Cause) -> Entry:
    """Give a reserved number to its document; raises ValueError for any other number."""
    row = _row(tx, entry.id)
    if _value(row).state is not EntryState.RESERVED:
        raise ValueError(f"entry {entry.id} is not reserved")
    row.document = document
    _write(tx, row)
    revisions.of_entry(tx, _value(row), Change("document", None, str(document)), cause)
    return _value(row)


def hand_over(tx: Transaction, old: int, new: int, cause: Cause) -> Entry | None:
    """Let a document take over the number of another; None where that one has none."""
    found = select(book_tables.Entry).where(book_tables.Entry.document == old).with_for_update()
    row = tx.session.exec(found).first()
    if row is None:
        return None
    row.document = new
    _write(tx, row)
    revisions.of_entry(tx, _value(row), Change("document", str(old), str(new)), cause)
    return _value(row)


def void(tx: Transaction, entry: Entry, cause: Cause) -> Entry:
    """Void a number (hủy số): it stays in the book with its reason, and is never given again."""
    row = _row(tx, entry.id)
    if row.voided_at is not None:
        raise ValueError(f"entry {entry.id} is void")
    row.voided_at, row.voided_by, row.void_why = cause.at, cause.by, cause.why
    _write(tx, row)
    revisions.of_entry(tx, _value(row), Change("void", None, "yes"), cause)
    return _value(row)


def _row(tx: Transaction, entry: int) -> book_tables.Entry:
    found = select(book_tables.Entry).where(book_tables.Entry.id == entry).with_for_update()
    row = tx.session.exec(found).first()
    if row is None:
        raise LookupError(f"no entry {entry}")
    return row


def _write(tx: Transaction, row: book_tables.Entry) -> None:
    tx.session.add(row)
    tx.session.flush()


def _value(row: book_tables.Entry) -> Entry:
    return Entry(
        id=row.id or 0,
        office=row.office,
        number=Number(row.book, row.year, row.ordinal, row.series),
        direction=Direction(row.direction),
        entered_at=row.entered_at,
        document=row.document,
        symbol=row.symbol,
        type=row.type,
        purpose=row.purpose,
        taken_by=row.taken_by,
        voided_at=row.voided_at,
        voided_by=row.voided_by,
        void_why=row.void_why,
    )
