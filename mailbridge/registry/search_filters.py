"""Filters as conditions on documents and their entries: what changes later is asked of the rows."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from sqlalchemy import ColumnElement, FromClause, exists, or_
from sqlalchemy import select as columns

from mailbridge.clock import VIETNAM
from mailbridge.model.search import Filters, Span
from mailbridge.registry import book_tables, tables

_FILE = tables.table(tables.File)
_ENTRY = tables.table(book_tables.Entry)

Condition = ColumnElement[bool]


def conditions(filters: Filters, row: FromClause) -> Iterator[Condition]:
    """Give what the row of a document, joined with its entry if it has one, must fulfil."""
    yield from of_entry(filters)
    for column, wanted in (
        (row.c.urgency, filters.urgency),
        (row.c.verdict, filters.verdict),
        (row.c.state, filters.state),
        (row.c.status, filters.status),
    ):
        if wanted:
            yield column.in_(sorted(wanted))
    if filters.handler is not None:
        yield or_(row.c.handler == filters.handler, row.c.unit == filters.handler)
    if filters.has_files is not None:
        files = exists(columns(_FILE.c.document).where(_FILE.c.document == row.c.id))
        yield files if filters.has_files else ~files
    yield from _issued(row.c.issued, filters.issued)
    yield from _between(row.c.received_at, filters.received)
    yield from _between(_ENTRY.c.entered_at, filters.entered)


def of_entry(filters: Filters) -> Iterator[Condition]:
    """Give what its entry must fulfil: book, year and number."""
    if filters.book is not None:
        yield _ENTRY.c.book == filters.book
    if filters.year is not None:
        yield _ENTRY.c.year == filters.year
    first, last = filters.ordinals
    if first is not None:
        yield _ENTRY.c.ordinal >= first
    if last is not None:
        yield _ENTRY.c.ordinal <= last


def _issued(column: ColumnElement[str], span: Span) -> Iterator[Condition]:
    # Dates of issue are ISO 8601: in the order of their letters.
    if span.first is not None:
        yield column >= span.first.isoformat()
    if span.last is not None:
        yield column <= span.last.isoformat()


def _between(column: ColumnElement[datetime], span: Span) -> Iterator[Condition]:
    if span.first is not None:
        yield column >= _midnight(span.first)
    if span.last is not None:
        yield column < _midnight(span.last + timedelta(days=1))


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), VIETNAM)
