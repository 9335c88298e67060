"""Candidates by their rows: where a filter on what changes is rarer than every word.

The index of words does not know who handles a document; the tables do, each with an index for it.
"""

from collections.abc import Callable
from typing import Any

from sqlalchemy import ColumnElement, CompoundSelect, Select, text, union
from sqlalchemy import select as columns

from mailbridge.model.document import DocumentState
from mailbridge.model.search import Filters
from mailbridge.registry import book_tables, search_filters, tables

_DOCUMENT = tables.table(tables.Document)
_ENTRY = tables.table(book_tables.Entry)

Rows = Select[tuple[int]] | CompoundSelect[Any]


def rows(office: str, filters: Filters) -> Callable[[int | None, int], Rows] | None:
    """Give a query for so many documents before one, the newest first; None: no filter has one.

    It gives all that the filters let through, and may give more.
    """
    if filters.handler is not None:
        who = (_DOCUMENT.c.handler, _DOCUMENT.c.unit)
        return _documents(office, *(column == filters.handler for column in who))
    if filters.year is not None:
        return _entries(
            _ENTRY.c.office == office,
            _ENTRY.c.document.is_not(None),
            *search_filters.of_entry(filters),
        )
    if filters.state and DocumentState.REGISTERED not in filters.state:
        # The index finds these words again: it holds no others.
        rare = text(tables.UNREGISTERED)
        return _documents(office, _DOCUMENT.c.state.in_(sorted(filters.state)) & rare)
    if len(filters.status) == 1:
        return _documents(office, _DOCUMENT.c.status == next(iter(filters.status)))
    return None


def _entries(*conditions: ColumnElement[bool]) -> Callable[[int | None, int], Rows]:
    def query(before: int | None, limit: int) -> Rows:
        found = columns(_ENTRY.c.document).where(*conditions)
        if before is not None:
            found = found.where(_ENTRY.c.document < before)
        return found.order_by(_ENTRY.c.document.desc()).limit(limit)

    return query


def _documents(office: str, *conditions: ColumnElement[bool]) -> Callable[[int | None, int], Rows]:
    """Ask for each condition by itself, so that each is met by its own index."""

    def query(before: int | None, limit: int) -> Rows:
        each = []
        for condition in conditions:
            found = columns(_DOCUMENT.c.id).where(_DOCUMENT.c.office == office, condition)
            if before is not None:
                found = found.where(_DOCUMENT.c.id < before)
            piece = found.order_by(_DOCUMENT.c.id.desc()).limit(limit).subquery()
            each.append(columns(piece.c.id))
        together = union(*each).subquery()
        return columns(together.c.id).order_by(together.c.id.desc()).limit(limit)

    return query
