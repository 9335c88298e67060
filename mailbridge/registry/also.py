"""Cũng nhận qua: the other ways by which a document came, under its one number."""

from collections.abc import Iterable
from dataclasses import asdict

from sqlalchemy import insert
from sqlmodel import col, select

from mailbridge.model.paper import AlsoBy, Channel
from mailbridge.registry import status_tables, tables
from mailbridge.registry.database import Transaction
from mailbridge.registry.pieces import pieces

_ADD = insert(tables.table(status_tables.Also))


def add(tx: Transaction, also: AlsoBy) -> bool:
    """Write that it came by another way, too; false where the very same was written before."""
    row = status_tables.Also
    known = select(row.id).where(
        row.document == also.document, row.channel == also.channel, row.reference == also.reference
    )
    if tx.session.exec(known).first() is not None:
        return False
    tx.run(_ADD, **asdict(also))
    return True


def of_documents(tx: Transaction, chosen: Iterable[int]) -> dict[int, tuple[AlsoBy, ...]]:
    """List the other ways of several documents, and of those that they superseded, by document."""
    listed: dict[int, tuple[AlsoBy, ...]] = {}
    for piece in pieces(chosen):
        listed |= _of_some(tx, piece)
    return listed


def _of_some(tx: Transaction, ids: tuple[int, ...]) -> dict[int, tuple[AlsoBy, ...]]:
    row, older = status_tables.Also, tables.Document
    found = (
        select(row, older.superseded_by)
        .join(older, col(older.id) == col(row.document))
        .where(col(row.document).in_(ids) | col(older.superseded_by).in_(ids))
        .order_by(col(row.id))
    )
    listed: dict[int, tuple[AlsoBy, ...]] = {}
    for one, newer in tx.session.exec(found):
        document = newer if newer in ids else one.document
        listed[document] = (*listed.get(document, ()), _value(one))
    return listed


def _value(row: status_tables.Also) -> AlsoBy:
    return AlsoBy(
        document=row.document,
        channel=Channel(row.channel),
        reference=row.reference,
        at=row.at,
        by=row.by,
        recorded_at=row.recorded_at,
    )
