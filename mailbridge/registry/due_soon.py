"""Exchanges whose time is over soon, and that nobody spoke of yet."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import text, update
from sqlmodel import col, select

from mailbridge.model.exchange import ExchangeState
from mailbridge.model.letter import LetterKind
from mailbridge.model.sending import Exchange
from mailbridge.registry import exchange_tables, exchanges, tables
from mailbridge.registry.database import Transaction
from mailbridge.registry.pieces import pieces

_EXCHANGE = tables.table(exchange_tables.Exchange)
Row = exchange_tables.Exchange
# It has the document, and said so; what it completed or returned is over.
_THERE = (
    ExchangeState.ARRIVED,
    ExchangeState.REGISTERED,
    ExchangeState.ASSIGNED,
    ExchangeState.PROCESSING,
)


def answers(tx: Transaction, office: str, now: datetime, until: datetime) -> tuple[Exchange, ...]:
    """List exchanges whose first answer is due between these moments, the nearest first.

    Only what a server took and nobody answered or called back; who was warned or reminded is not
    asked once more.
    """
    found = select(Row).where(
        text(exchange_tables.UNANSWERED),
        Row.office == office,
        col(Row.answer_by) > now,
        col(Row.answer_by) <= until,
        Row.state == ExchangeState.SUBMITTED,
        Row.reminders == 0,
        col(Row.answer_warned_at).is_(None),
        ~col(Row.recall_asked),
    )
    return exchanges.values(tx.session.exec(found.order_by("answer_by", "id")))


def handlings(tx: Transaction, office: str, now: datetime, until: datetime) -> tuple[Exchange, ...]:
    """List exchanges whose handling deadline is between these moments, the nearest first."""
    found = select(Row).where(
        text(exchange_tables.HANDLED_SOON),
        Row.office == office,
        col(Row.handle_by) > now,
        col(Row.handle_by) <= until,
        col(Row.state).in_(_THERE),
        ~col(Row.recall_asked),
    )
    return exchanges.values(tx.session.exec(found.order_by("handle_by", "id")))


def left(tx: Transaction, ids: Sequence[int]) -> dict[int, tuple[datetime, bool]]:
    """Tell by exchange when its document left first, and whether that is urgent."""
    listed: dict[int, tuple[datetime, bool]] = {}
    for piece in pieces(ids):
        listed |= _left(tx, piece)
    return listed


def _left(tx: Transaction, ids: Sequence[int]) -> dict[int, tuple[datetime, bool]]:
    row = tables.Outbox
    found = (
        select(row.exchange, row.sent_at, row.urgent)
        .where(
            col(row.exchange).in_(ids),
            row.kind == LetterKind.DOCUMENT,
            col(row.sent_at).is_not(None),
        )
        .order_by(col(row.line).desc())
    )
    return {of: (at, urgent) for of, at, urgent in tx.session.exec(found) if of and at}


def warned(tx: Transaction, ids: Sequence[int], now: datetime, *, handling: bool) -> None:
    """Write that their recipients were warned, so that it is done once."""
    column = _EXCHANGE.c.handle_warned_at if handling else _EXCHANGE.c.answer_warned_at
    for piece in pieces(ids):
        tx.run(update(_EXCHANGE).where(_EXCHANGE.c.id.in_(piece)).values({column: now}))
