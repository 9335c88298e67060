"""Claiming: the next letter that is due, with its attempt written before the network is touched."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, Select, bindparam, func, literal, select, union_all, update

from mailbridge.model.letter import ONCE, Letter, LetterState
from mailbridge.registry import mailings, outbox_rows, receipt_rate, tables, waiting
from mailbridge.registry.database import Transaction
from mailbridge.registry.receipt_rate import FREE, Held

# Seconds until the next attempt, after the first, second, … one; the last repeats.
_BACK_OFF = (5, 60, 300, 900, 3600)

_TABLE = tables.table(tables.Outbox)
_MOMENT = _TABLE.c.owed_at.type


def _foremost(state: LetterState, *, urgent: bool) -> Select[Any]:
    """Ask for the oldest of one sort that is due: the index gives it without sorting the others."""
    found = (
        select(_TABLE.c.line, _TABLE.c.urgent)
        .where(
            _TABLE.c.state == state,
            _TABLE.c.urgent == literal(urgent),
            _TABLE.c.not_before <= bindparam("now"),
            waiting.MAY_LEAVE,
            receipt_rate.MAY_LEAVE,
        )
        .order_by(_TABLE.c.line)
        .limit(1)
    )
    if state is LetterState.UNCERTAIN:
        # Its receivers know it by its Message-ID: it leaves again, but for documents and recalls,
        # which wait for evidence or a person.
        found = found.where(_TABLE.c.kind.not_in(ONCE))
    return select(found.subquery())


# In an outage thousands are due: of each sort one is looked at, and the most urgent one taken.
_LEAVES = union_all(
    *(
        _foremost(state, urgent=urgent)
        for state in (LetterState.OWED, LetterState.UNCERTAIN)
        for urgent in (True, False)
    )
).subquery()
_LINE = select(_LEAVES.c.line).order_by(_LEAVES.c.urgent.desc(), _LEAVES.c.line).limit(1)
_NEXT = select(_TABLE).where(_TABLE.c.line == _LINE.scalar_subquery())
_ROWS = (
    select(_TABLE)
    .where(_TABLE.c.line.in_(bindparam("lines", expanding=True)))
    .order_by(_TABLE.c.line)
)
_ATTEMPT = (
    update(_TABLE)
    .where(_TABLE.c.line.in_(bindparam("lines", expanding=True)))
    .values(
        state=LetterState.ATTEMPTING,
        attempts=_TABLE.c.attempts + 1,
        first_try=func.coalesce(_TABLE.c.first_try, bindparam("now", type_=_MOMENT)),
        not_before=bindparam("then", type_=_MOMENT),
    )
)


def claim(
    tx: Transaction, now: datetime, mailboxes: tuple[str, ...], held: Held = FREE
) -> tuple[Letter, ...]:
    """Take the next letter that is due, and register the attempt before the network is touched.

    What leaves together is claimed together, for one mail (`mailings`).
    """
    first = _next(tx, now, mailboxes, held)
    if first is None:
        return ()
    lines = list(mailings.together(tx, first, now))
    is_alone = lines == [first.line]
    rows: Sequence[Row[Any]] = [first] if is_alone else tx.run(_ROWS, lines=lines).all()
    # One mail has one next attempt.
    attempts = max(row.attempts for row in rows)
    then = now + timedelta(seconds=_BACK_OFF[min(attempts, len(_BACK_OFF) - 1)])
    tx.run(_ATTEMPT, lines=lines, now=now, then=then)
    tried: dict[str, Any] = {"state": LetterState.ATTEMPTING, "not_before": then}
    return tuple(
        replace(outbox_rows.letter(row), attempts=row.attempts + 1, **tried) for row in rows
    )


def alone(tx: Transaction, now: datetime, mailboxes: tuple[str, ...]) -> Letter | None:
    """Name the next letter that is due if it leaves alone, whatever becomes due besides."""
    row = _next(tx, now, mailboxes, FREE)
    return outbox_rows.letter(row) if row is not None and mailings.is_alone(row) else None


def _next(
    tx: Transaction, now: datetime, mailboxes: tuple[str, ...], held: Held
) -> Row[Any] | None:
    may_leave = waiting.may_leave(tx, mailboxes, now)
    return tx.run(_NEXT, now=now, **may_leave, **held.values()).first()
