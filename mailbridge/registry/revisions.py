"""Corrections as revisions: each value that stood in the book before stays readable."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import insert
from sqlmodel import col, select

from mailbridge.model.document import Document
from mailbridge.model.entry import Entry, Revision
from mailbridge.registry import book_tables, tables
from mailbridge.registry.database import Transaction

_ADD = insert(tables.table(book_tables.Revision))


@dataclass(frozen=True, slots=True)
class Change:
    """A field, what stood in it, and what stands in it now."""

    field: str
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class Cause:
    """Why, by whom and when; `line` of the office's journal tells of it."""

    why: str
    by: str
    line: int
    at: datetime


def of_entry(tx: Transaction, entry: Entry, change: Change, cause: Cause) -> None:
    """Write a change of an entry: its document, or that it is void."""
    _add(tx, entry.office, change, cause, entry=entry.id, document=None)


def of_document(tx: Transaction, document: Document, change: Change, cause: Cause) -> None:
    """Write a change of what a document says of itself."""
    _add(tx, document.office, change, cause, entry=None, document=document.id)


def history(tx: Transaction, entry: int | None, documents: Iterable[int]) -> tuple[Revision, ...]:
    """List the revisions of an entry and of documents, oldest first."""
    found = select(book_tables.Revision).where(
        # No entry has the id 0; None would fit every revision of a document.
        (col(book_tables.Revision.entry) == (entry or 0))
        | col(book_tables.Revision.document).in_(list(documents))
    )
    return tuple(
        Revision(
            r.office, r.line, r.at, r.entry, r.document, r.field, r.before, r.after, r.why, r.by
        )
        for r in tx.session.exec(found.order_by("id"))
    )


def _add(tx: Transaction, office: str, change: Change, cause: Cause, **subject: int | None) -> None:
    tx.run(
        _ADD,
        office=office,
        line=cause.line,
        at=cause.at,
        field=change.field,
        before=change.before,
        after=change.after,
        why=cause.why,
        by=cause.by,
        **subject,
    )
