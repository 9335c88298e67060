"""To whom documents were sent and when, for the books of what leaves."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import col, select

from mailbridge.model.exchange import FactKind
from mailbridge.registry.database import Transaction
from mailbridge.registry.exchange_tables import Exchange, Fact
from mailbridge.registry.pieces import pieces

_WANTED = (FactKind.SUBMITTED, FactKind.RECALL_ASKED)


@dataclass(frozen=True, slots=True)
class Dispatched:
    """One recipient of a document; None: no mail server has taken it, nobody asked it back."""

    name: str
    left_at: datetime | None
    recalled_at: datetime | None


def of_documents(tx: Transaction, these: Iterable[int]) -> dict[int, tuple[Dispatched, ...]]:
    """List the recipients of each document, in the order in which they were named."""
    found: dict[int, tuple[Dispatched, ...]] = {}
    for piece in pieces(these):
        moments: dict[tuple[int, FactKind], datetime] = {}
        wanted = select(Exchange).where(col(Exchange.document).in_(piece)).order_by("id")
        rows = tx.session.exec(wanted).all()
        known = (
            select(Fact.exchange, Fact.kind, Fact.at)
            .join(Exchange, col(Exchange.id) == col(Fact.exchange))
            .where(col(Exchange.document).in_(piece), col(Fact.kind).in_(_WANTED))
            .order_by(col(Fact.id))
        )
        for exchange, kind, at in tx.session.exec(known):
            moments.setdefault((exchange, FactKind(kind)), at)
        for row in rows:
            left, back = (moments.get((row.id or 0, kind)) for kind in _WANTED)
            made = Dispatched(row.name or row.agency, left, back)
            found[row.document] = (*found.get(row.document, ()), made)
    return found
