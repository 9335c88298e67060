"""Strays: receipts and recalls that changed nothing, each with its reason, for a person to read."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import col, select

from mailbridge.model.sending import Stray, StrayKind
from mailbridge.registry import exchange_tables, tables
from mailbridge.registry.database import Transaction

_STRAY = tables.table(exchange_tables.Stray)
Row = exchange_tables.Stray


def add(tx: Transaction, stray: Stray) -> None:
    """Write one down; the same answer with the same fault is one."""
    tx.add_once(
        _STRAY,
        office=stray.office,
        ledger=stray.ledger,
        kind=stray.kind,
        why=stray.why,
        about=stray.about,
        exchange=stray.exchange,
        at=stray.at,
        closed_by="",
        closed_why="",
    )


def listed(
    tx: Transaction,
    office: str | None = None,
    kind: StrayKind | None = None,
    limit: int = 50,
    *,
    closed: bool = False,
) -> tuple[Stray, ...]:
    """List what nobody has closed yet, or everything, newest first."""
    found = select(Row).order_by(col(Row.id).desc()).limit(limit)
    if not closed:
        found = found.where(col(Row.closed_at).is_(None))
    if office is not None:
        found = found.where(Row.office == office)
    if kind is not None:
        found = found.where(Row.kind == kind)
    return tuple(map(_value, tx.session.exec(found)))


def get(tx: Transaction, stray: int) -> Stray | None:
    """Find one."""
    row = tx.session.get(Row, stray)
    return _value(row) if row else None


def anew(tx: Transaction, stray: Stray) -> bool:
    """Write what is wrong with an answer now, in place of what was before; false: it is the same.

    What a person has closed stays closed, and as it was.
    """
    before = _about(tx, stray.ledger, stray.about)
    was = {(row.kind, row.why) for row in before}
    for row in before:
        if row.closed_at is not None:
            continue
        if row.kind is stray.kind:
            row.why = stray.why
            tx.session.add(row)
        else:
            close(tx, row.id or 0, "mailbridge", stray.why, stray.at)
    tx.session.flush()
    add(tx, stray)
    return (stray.kind, stray.why) not in was


def reword(tx: Transaction, ledger: int, abouts: Sequence[str], why: str) -> bool:
    """Write why answers of a mail are not believed, in what is open of them; false: nothing is."""
    open_ = [
        row
        for about in abouts
        for row in _about(tx, ledger, about)
        if row.closed_at is None and row.kind is StrayKind.FORGED
    ]
    for row in open_:
        row.why = why
        tx.session.add(row)
    tx.session.flush()
    return bool(open_)


def settle(tx: Transaction, ledger: int, about: str, why: str, now: datetime) -> None:
    """Close what was found wrong with an answer and is so no more."""
    for row in _about(tx, ledger, about):
        close(tx, row.id or 0, "mailbridge", why, now)


def _about(tx: Transaction, ledger: int, about: str) -> tuple[Row, ...]:
    found = select(Row).where(Row.ledger == ledger, Row.about == about)
    return tuple(tx.session.exec(found))


def close(tx: Transaction, stray: int, who: str, why: str, now: datetime) -> bool:
    """Write that a person has read it; false where it is not open."""
    row = tx.session.get(Row, stray)
    if row is None or row.closed_at is not None:
        return False
    row.closed_at, row.closed_by, row.closed_why = now, who, why
    tx.session.add(row)
    tx.session.flush()
    return True


def _value(row: Row) -> Stray:
    return Stray(
        id=row.id or 0,
        office=row.office,
        ledger=row.ledger,
        kind=row.kind,
        why=row.why,
        at=row.at,
        exchange=row.exchange,
        about=row.about,
        closed_at=row.closed_at,
        closed_by=row.closed_by,
        closed_why=row.closed_why,
    )
