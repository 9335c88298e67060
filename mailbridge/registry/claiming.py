"""Claiming: the next letter that is due, with its attempt written before the network is touched."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, bindparam, func, select, update

from mailbridge.model.letter import ONCE, Letter, LetterState
from mailbridge.registry import mailings, outbox_rows, tables, waiting
from mailbridge.registry.database import Transaction

# Seconds until the next attempt, after the first, second, … one; the last repeats.
_BACK_OFF = (5, 60, 300, 900, 3600)

_TABLE = tables.table(tables.Outbox)
_MOMENT = _TABLE.c.owed_at.type
# What was uncertain leaves again, since its receivers know it by its Message-ID: but for documents
# and recalls, which wait for evidence or a person.
_LEAVES = (_TABLE.c.state == LetterState.OWED) | (
    (_TABLE.c.state == LetterState.UNCERTAIN) & _TABLE.c.kind.not_in(ONCE)
)
# Only the keys are sorted: in an outage thousands are due, each with its facts.
_DUE = (
    select(_TABLE.c.line)
    .where(_LEAVES, _TABLE.c.not_before <= bindparam("now"), waiting.MAY_LEAVE)
    .order_by(_TABLE.c.urgent.desc(), _TABLE.c.line)
)
_NEXT = select(_TABLE).where(_TABLE.c.line == _DUE.limit(1).scalar_subquery())
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


def claim(tx: Transaction, now: datetime, mailboxes: tuple[str, ...]) -> tuple[Letter, ...]:
    """Take the next letter that is due, and register the attempt before the network is touched.

    What leaves together is claimed together, for one mail (`mailings`).
    """
    first = _next(tx, now, mailboxes)
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
    row = _next(tx, now, mailboxes)
    return outbox_rows.letter(row) if row is not None and mailings.is_alone(row) else None


def _next(tx: Transaction, now: datetime, mailboxes: tuple[str, ...]) -> Row[Any] | None:
    return tx.run(_NEXT, now=now, **waiting.may_leave(tx, mailboxes, now)).first()
