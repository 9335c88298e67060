"""What a printed volume of a book holds: all numbers of some days, in their order."""

from datetime import date, datetime, time, timedelta

from sqlmodel import col, select

from mailbridge.clock import VIETNAM, in_vietnam
from mailbridge.model.book_row import BookLine
from mailbridge.model.outcome import BookName, Direction, Number
from mailbridge.registry import also, dispatched, documents, tables
from mailbridge.registry.book_tables import Entry
from mailbridge.registry.database import Transaction
from mailbridge.registry.dispatched import Dispatched


def lines(
    tx: Transaction, book: BookName, first: date | None, until: date | None
) -> tuple[BookLine, ...]:
    """List the numbers that a book gave from one day of Vietnam to another, both included."""
    found = select(Entry).where(Entry.office == book.office, Entry.book == book.book)
    if first is not None:
        found = found.where(col(Entry.entered_at) >= _begins(first))
    if until is not None:
        found = found.where(col(Entry.entered_at) < _begins(until + timedelta(days=1)))
    entries = tx.session.exec(found.order_by("year", "series", "ordinal")).all()
    wanted = select(tables.Document).join(Entry).where(
        col(Entry.id).in_(found.with_only_columns(col(Entry.id)))
    )  # fmt: skip
    known = {one.id: one for one in documents.values(tx, tx.session.exec(wanted))}
    ways = also.of_documents(tx, filter(None, known))
    sent = dispatched.of_documents(tx, filter(None, known))
    return tuple(
        BookLine(
            Number(entry.book, entry.year, entry.ordinal, entry.series),
            entry.entered_at,
            known.get(entry.document) if entry.document else None,
            tuple(dict.fromkeys(way.channel for way in ways.get(entry.document or 0, ()))),
            symbol=entry.symbol or _bare(entry),
            # Of a number without its document the book says what it is for.
            type="" if entry.document else entry.type,
            summary="" if entry.document else entry.purpose,
            note="; ".join(filter(None, (_note(entry), recalled(to)))),
            is_void=entry.voided_at is not None,
            recipients=tuple(one.name for one in to),
            left_at=min((one.left_at for one in to if one.left_at), default=None),
        )
        for entry in entries
        for to in (sent.get(entry.document or 0, ()),)
    )


def _note(entry: Entry) -> str:
    """Say of a number without a document why it has none (hủy số, giữ số)."""
    if entry.voided_at is not None:
        return f"Hủy số: {entry.void_why}"
    return f"Giữ số: {entry.taken_by}" if entry.document is None else ""


def _bare(entry: Entry) -> str:
    # The book of what leaves has no column of numbers: one without its notation shows there.
    is_out = entry.direction == Direction.OUT and entry.document is None
    return str(entry.ordinal) if is_out else ""


def recalled(to: tuple[Dispatched, ...]) -> str:
    """Say when a document was asked back, and from whom unless from all."""
    back = [one for one in to if one.recalled_at is not None]
    if not back:
        return ""
    first = min(one.recalled_at for one in back if one.recalled_at is not None)
    whom = "" if len(back) == len(to) else f" ({', '.join(one.name for one in back)})"
    return f"Đã thu hồi ngày {in_vietnam(first):%d/%m/%Y}{whom}"


def _begins(day: date) -> datetime:
    return datetime.combine(day, time(), VIETNAM)
