"""Documents that we sent (văn bản đi), by every name that people give them."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import update
from sqlmodel import col, select

from mailbridge.model.document import Document, Medium
from mailbridge.model.outcome import Direction
from mailbridge.registry import documents, entries, tables
from mailbridge.registry.database import Transaction

_DOCUMENT = tables.table(tables.Document)
Row = tables.Document


def by_id(tx: Transaction, document: int, office: str | None = None) -> tuple[Document, ...]:
    """Find one by its id; empty where it is not one of those that this office sent."""
    return _ours((documents.get(tx, document),), office)


def named(tx: Transaction, name: str, office: str | None = None) -> tuple[Document, ...]:
    """Find them by number (12, 12/2026, di:12/2026), or by number and notation as printed."""
    found = entries.named(tx, name, office, Direction.OUT)
    known = _ours((documents.get(tx, one.document) for one in found if one.document), office)
    if known:
        return known
    printed = select(Row).where(
        Row.symbol == name.strip(), Row.direction == Direction.OUT, Row.medium == Medium.MAIL
    )
    return _ours(documents.values(tx, tx.session.exec(printed.order_by("id"))), office)


def listed(tx: Transaction, office: str | None = None, limit: int = 50) -> tuple[Document, ...]:
    """List what left by mail, newest first."""
    found = select(Row).where(Row.direction == Direction.OUT, Row.medium == Medium.MAIL)
    if office is not None:
        found = found.where(Row.office == office)
    return documents.values(tx, tx.session.exec(found.order_by(col(Row.id).desc()).limit(limit)))


def set_out(tx: Transaction, document: int, who: str, now: datetime) -> None:
    """Write that a document left: nobody here has to acknowledge or to handle it."""
    left = update(_DOCUMENT).where(_DOCUMENT.c.id == document)
    tx.run(left.values(acknowledged_at=now, acknowledged_by=who, ended_at=now))


def _ours(found: Iterable[Document | None], office: str | None) -> tuple[Document, ...]:
    return tuple(
        one
        for one in found
        if one is not None
        and one.direction is Direction.OUT
        and one.medium is Medium.MAIL
        and office in {None, one.office}
    )
