"""Exchanges: what we sent to whom, and the facts that are known of it."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import Row as Found
from sqlalchemy import bindparam, insert, text, update
from sqlalchemy import select as columns
from sqlmodel import col, select

from mailbridge.model.exchange import Fact, Standing
from mailbridge.model.letter import Party
from mailbridge.model.sending import SILENT, Exchange
from mailbridge.registry import exchange_tables, tables
from mailbridge.registry.database import Transaction

_EXCHANGE, _FACT = tables.table(exchange_tables.Exchange), tables.table(exchange_tables.Fact)
_ADD = insert(_EXCHANGE)
_CHANGE = update(_EXCHANGE).where(_EXCHANGE.c.id == bindparam("of"))
_ONE = columns(_EXCHANGE).where(_EXCHANGE.c.id == bindparam("of"))
_FACTS = (
    columns(*(_FACT.c[name] for name in ("kind", "at", "weight", "seq", "number", "reason")))
    .where(_FACT.c.exchange == bindparam("of"))
    .order_by(_FACT.c.id)
)

Row = exchange_tables.Exchange


def add(tx: Transaction, exchange: Exchange) -> int:
    """Store a new exchange; gives its id."""
    added = tx.run(
        _ADD,
        office=exchange.office,
        document=exchange.document,
        agency=exchange.to.agency,
        name=exchange.to.name,
        address=exchange.to.address,
        owed_at=exchange.owed_at,
        answer_by=exchange.answer_by,
        handle_by=exchange.handle_by,
        reminders=0,
        state=exchange.state,
        number="",
        reason="",
        is_return=False,
        is_weak=False,
        is_late=False,
        is_disputed=False,
        recall_asked=False,
        recall_refused=False,
    )
    return (added.inserted_primary_key or (0,))[0]


def get(tx: Transaction, exchange: int) -> Exchange | None:
    """Find one exchange."""
    row = tx.run(_ONE, of=exchange).first()
    return _value(row) if row else None


def of_document(tx: Transaction, document: int) -> tuple[Exchange, ...]:
    """List the exchanges of a document, in the order of its recipients."""
    found = select(Row).where(Row.document == document).order_by("id")
    return tuple(map(_value, tx.session.exec(found)))


def by_token(tx: Transaction, local: str, office: str) -> Exchange | None:
    """Find the exchange of one of our letters by the local part of its Message-ID."""
    letter = select(tables.Outbox.exchange).where(tables.Outbox.id == local)
    found = select(Row).where(col(Row.id).in_(letter), Row.office == office)
    row = tx.session.exec(found).first()
    return _value(row) if row else None


def by_document_key(
    tx: Transaction, office: str, symbol: str, issued: str | None
) -> tuple[Exchange, ...]:
    """List the exchanges of documents that we sent under this number and notation, newest first."""
    document = tables.Document
    ours = select(document.id).where(
        text(tables.SENT), document.office == office, document.symbol == symbol
    )
    if issued is not None:
        ours = ours.where(document.issued == issued)
    found = select(Row).where(col(Row.document).in_(ours)).order_by(col(Row.id).desc())
    return tuple(map(_value, tx.session.exec(found)))


def by_files(tx: Transaction, office: str, digests: Iterable[str]) -> tuple[Exchange, ...]:
    """List the exchanges of documents that we sent with one of these files, newest first."""
    document, file = tables.Document, tables.File
    ours = (
        select(file.document)
        .join(document, col(document.id) == file.document)
        .where(
            document.office == office,
            document.direction == "out",
            col(file.sha256).in_(list(digests)),
        )
    )
    found = select(Row).where(col(Row.document).in_(ours)).order_by(col(Row.id).desc())
    return tuple(map(_value, tx.session.exec(found)))


def unanswered(tx: Transaction, office: str, before: datetime, limit: int) -> tuple[Exchange, ...]:
    """List exchanges whose answer was due before that moment and has not come."""
    found = select(Row).where(
        text(exchange_tables.UNANSWERED), Row.office == office, col(Row.answer_by) < before
    )
    return tuple(map(_value, tx.session.exec(found.order_by("answer_by", "id").limit(limit))))


def listed(
    tx: Transaction,
    office: str | None,
    states: Iterable[str] | None = None,
    limit: int = 50,
    *,
    late: bool = False,
    disputed: bool = False,
) -> tuple[Exchange, ...]:
    """List exchanges of one office, or of all, newest first."""
    found = select(Row).order_by(col(Row.id).desc()).limit(limit)
    if office is not None:
        found = found.where(Row.office == office)
    if states is not None:
        found = found.where(col(Row.state).in_(list(states)))
    if late:
        is_reminded = (col(Row.reminders) > 0) & col(Row.state).in_(SILENT)
        found = found.where(col(Row.is_late) | is_reminded)
    if disputed:
        found = found.where(col(Row.is_disputed))
    return tuple(map(_value, tx.session.exec(found)))


def since(tx: Transaction, office: str, moment: datetime, limit: int) -> tuple[Exchange, ...]:
    """List exchanges begun since then, and older ones that still wait, by document."""
    waits = text(
        "(state IN ('owed', 'uncertain', 'submitted', 'bounced', 'refused') OR is_disputed)"
    )
    found = select(Row).where(Row.office == office, (col(Row.owed_at) >= moment) | waits)
    return tuple(map(_value, tx.session.exec(found.order_by("document", "id").limit(limit))))


def facts(tx: Transaction, exchange: int) -> tuple[Fact, ...]:
    """List what is known of an exchange, in the order in which it became known."""
    return tuple(
        Fact(one.kind, one.at, one.weight, one.seq, one.number, one.reason)
        for one in tx.run(_FACTS, of=exchange)
    )


def keys(tx: Transaction, exchange: int) -> frozenset[str]:
    """Give the keys under which facts of an exchange are known."""
    row = exchange_tables.Fact
    return frozenset(tx.session.exec(select(row.key).where(row.exchange == exchange)))


def add_fact(
    tx: Transaction, exchange: int, key: str, fact: Fact, ledger: int | None, now: datetime
) -> None:
    """Write what became known; under a key that is there already it is the same fact again."""
    tx.add_once(
        _FACT,
        exchange=exchange,
        key=key,
        kind=fact.kind,
        at=fact.at,
        weight=fact.weight,
        seq=fact.seq,
        number=fact.number,
        reason=fact.reason,
        ledger=ledger,
        recorded_at=now,
    )


def stand(tx: Transaction, exchange: int, standing: Standing) -> None:
    """Write what the facts of an exchange say together."""
    tx.run(
        _CHANGE,
        of=exchange,
        state=standing.state,
        number=standing.number,
        reason=standing.reason,
        is_return=standing.is_return,
        is_weak=standing.is_weak,
        is_late=standing.is_late,
        is_disputed=bool(standing.disputes),
        recall_asked=standing.recall_asked,
        recall_refused=standing.recall_refused is not None,
    )


def reminded(tx: Transaction, exchange: int, answer_by: datetime) -> None:
    """Write that a reminder is owed, and until when an answer is expected now."""
    changed = update(_EXCHANGE).where(_EXCHANGE.c.id == exchange)
    tx.run(changed.values(reminders=_EXCHANGE.c.reminders + 1, answer_by=answer_by))


def expect(tx: Transaction, exchange: int, answer_by: datetime | None) -> None:
    """Write until when an answer is expected; None: it is asked for no more.

    Its recipient may be warned before a new deadline, too.
    """
    anew = {} if answer_by is None else {"answer_warned_at": None}
    tx.run(_CHANGE, of=exchange, answer_by=answer_by, **anew)


def values(rows: Iterable[Row]) -> tuple[Exchange, ...]:
    """Read rows of exchanges, in their order, for the other modules of this station."""
    return tuple(map(_value, rows))


def _value(row: Row | Found[Any]) -> Exchange:
    return Exchange(
        id=row.id or 0,
        office=row.office,
        document=row.document,
        to=Party(row.agency, row.name, row.address),
        owed_at=row.owed_at,
        answer_by=row.answer_by,
        reminders=row.reminders,
        state=row.state,
        number=row.number,
        reason=row.reason,
        is_return=row.is_return,
        is_weak=row.is_weak,
        is_late=row.is_late,
        is_disputed=row.is_disputed,
        recall_asked=row.recall_asked,
        recall_refused=row.recall_refused,
        handle_by=row.handle_by,
        answer_warned_at=row.answer_warned_at,
        handle_warned_at=row.handle_warned_at,
    )
