"""Statuses: an append-only history, and where each document stands now (Điều 11.8)."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import bindparam, insert, text, update
from sqlmodel import col, select

from mailbridge.model.document import Document
from mailbridge.model.status import StatusChange, Warned
from mailbridge.registry import columns, documents, status_tables, tables
from mailbridge.registry.database import Transaction

_STATUS, _DOCUMENT = tables.table(status_tables.Status), tables.table(tables.Document)
_ADD = insert(_STATUS)
_STAND = update(_DOCUMENT).where(_DOCUMENT.c.id == bindparam("row"))


def stand(tx: Transaction, change: StatusChange, *, ends: bool = False) -> None:
    """Write a change and where the document stands with it; `ends`: nothing is to be done now."""
    note(tx, change)
    given: dict[str, object] = {
        "status": change.code,
        "ended_at": change.at if ends else None,
        **({"unit": change.unit} if change.unit else {}),
        **({"handler": change.person} if change.person else {}),
    }
    if change.deadline is not None:
        given |= {"deadline": change.deadline, "warned": Warned.NOT_YET}
    if not tx.run(_STAND, row=change.document, **given).rowcount:
        raise LookupError(f"no document {change.document}")


def note(tx: Transaction, change: StatusChange) -> None:
    """Write a change that leaves the document where it stands."""
    tx.run(_ADD, **columns.of(change))


def history(tx: Transaction, document: int) -> tuple[StatusChange, ...]:
    """List the changes of a document in their order."""
    found = select(status_tables.Status).where(status_tables.Status.document == document)
    return tuple(_value(row) for row in tx.session.exec(found.order_by("id")))


def under_one_number(tx: Transaction, document: int) -> tuple[StatusChange, ...]:
    """List the changes of a document and of those that it superseded, in their order."""
    row, older = status_tables.Status, tables.Document
    earlier = select(older.id).where(older.superseded_by == document)
    found = select(row).where((col(row.document) == document) | col(row.document).in_(earlier))
    return tuple(_value(one) for one in tx.session.exec(found.order_by("id")))


def tasks(
    tx: Transaction,
    office: str | None,
    person: str | None = None,
    overdue_at: datetime | None = None,
    limit: int = 50,
) -> tuple[Document, ...]:
    """List entered documents that nobody has ended, the nearest deadline first, none last.

    `person` is the address of the handler, or the name of the unit.
    """
    row = tables.Document
    found = select(row).where(text(tables.OPEN), col(row.superseded_by).is_(None))
    if office is not None:
        found = found.where(row.office == office)
    if person is not None:
        found = found.where((row.handler == person) | (row.unit == person))
    if overdue_at is not None:
        found = found.where(col(row.deadline) < overdue_at)
    order = (col(row.deadline).is_(None), col(row.deadline), col(row.id))
    return documents.values(tx, tx.session.exec(found.order_by(*order).limit(limit)))


def due(
    tx: Transaction, office: str, before: datetime, warned: Iterable[Warned], limit: int
) -> tuple[Document, ...]:
    """List open documents of an office whose deadline lies before that moment, by what was said."""
    row = tables.Document
    found = select(row).where(
        text(tables.OPEN),
        col(row.superseded_by).is_(None),
        row.office == office,
        col(row.deadline) < before,
        col(row.warned).in_(list(warned)),
    )
    return documents.values(tx, tx.session.exec(found.order_by("deadline", "id").limit(limit)))


def say(tx: Transaction, chosen: Iterable[Document], warned: Warned) -> None:
    """Write what was said of the deadlines of these documents."""
    for document in chosen:
        tx.run(_STAND, row=document.id, warned=warned)


def _value(row: status_tables.Status) -> StatusChange:
    return StatusChange(
        document=row.document,
        code=row.code,
        at=row.at,
        by=row.by,
        unit=row.unit,
        person=row.person,
        deadline=row.deadline,
        opinion=row.opinion,
        note=row.note,
    )
