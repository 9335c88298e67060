"""Which documents take the place of others (thay thế); both are kept."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import select

from mailbridge.registry import exchange_tables
from mailbridge.registry.database import Transaction

Row = exchange_tables.Replacement


@dataclass(frozen=True, slots=True)
class Replacement:
    """One document takes the place of another."""

    document: int
    replaced: int
    at: datetime
    by: str
    why: str


def add(tx: Transaction, made: Replacement) -> None:
    """Write it down for good."""
    row = Row(document=made.document, replaced=made.replaced, at=made.at, by=made.by, why=made.why)
    tx.session.add(row)
    tx.session.flush()


def of_document(tx: Transaction, document: int) -> tuple[Replacement, ...]:
    """List what a document replaces and what replaces it, in their order."""
    found = select(Row).where((Row.document == document) | (Row.replaced == document))
    return tuple(
        Replacement(row.document, row.replaced, row.at, row.by, row.why)
        for row in tx.session.exec(found.order_by("id"))
    )
