"""Filters as conditions on documents and their entries: what changes later is asked of the rows."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from sqlalchemy import ColumnElement, exists
from sqlalchemy import select as columns

from mailbridge.clock import VIETNAM
from mailbridge.model.search import Filters, Span
from mailbridge.registry import book_tables, tables

_DOCUMENT, _FILE = tables.table(tables.Document), tables.table(tables.File)
_ENTRY = tables.table(book_tables.Entry)
_HAS_FILES = exists(columns(_FILE.c.document).where(_FILE.c.document == _DOCUMENT.c.id))

Condition = ColumnElement[bool]


def conditions(filters: Filters) -> Iterator[Condition]:
    """Give what a document, joined with its entry where it has one, must fulfil."""
    yield from _of_entry(filters)
    for column, wanted in (
        (_DOCUMENT.c.urgency, filters.urgency),
        (_DOCUMENT.c.verdict, filters.verdict),
        (_DOCUMENT.c.state, filters.state),
    ):
        if wanted:
            yield column.in_(sorted(wanted))
    if filters.handler is not None:
        yield _DOCUMENT.c.handler == filters.handler
    if filters.has_files is not None:
        yield _HAS_FILES if filters.has_files else ~_HAS_FILES
    yield from _issued(filters.issued)
    yield from _between(_DOCUMENT.c.received_at, filters.received)
    yield from _between(_ENTRY.c.entered_at, filters.entered)


def _of_entry(filters: Filters) -> Iterator[Condition]:
    if filters.book is not None:
        yield _ENTRY.c.book == filters.book
    if filters.year is not None:
        yield _ENTRY.c.year == filters.year
    first, last = filters.ordinals
    if first is not None:
        yield _ENTRY.c.ordinal >= first
    if last is not None:
        yield _ENTRY.c.ordinal <= last


def _issued(span: Span) -> Iterator[Condition]:
    # Dates of issue are ISO 8601: in the order of their letters.
    if span.first is not None:
        yield _DOCUMENT.c.issued >= span.first.isoformat()
    if span.last is not None:
        yield _DOCUMENT.c.issued <= span.last.isoformat()


def _between(column: ColumnElement[datetime], span: Span) -> Iterator[Condition]:
    if span.first is not None:
        yield column >= _midnight(span.first)
    if span.last is not None:
        yield column < _midnight(span.last + timedelta(days=1))


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), VIETNAM)
