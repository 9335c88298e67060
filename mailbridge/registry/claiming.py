"""Claiming: the next letter that is due, with its attempt written before the network is touched."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
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
    """Ask for the two oldest of one sort: the index gives them without sorting the others."""
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
        .limit(2)
    )
    if state is LetterState.UNCERTAIN:
        # Its receivers know it by its Message-ID: it leaves again, but for documents and recalls,
        # which wait for evidence or a person.
        found = found.where(_TABLE.c.kind.not_in(ONCE))
    return select(found.subquery())


# In an outage thousands are due: of each sort two are looked at, and the most urgent one taken.
_LEAVES = union_all(
    *(
        _foremost(state, urgent=urgent)
        for state in (LetterState.OWED, LetterState.UNCERTAIN)
        for urgent in (True, False)
    )
).subquery()
_LINES = select(_LEAVES.c.line).order_by(_LEAVES.c.urgent.desc(), _LEAVES.c.line).limit(2)
_NEXT = (
    select(_TABLE).where(_TABLE.c.line.in_(_LINES)).order_by(_TABLE.c.urgent.desc(), _TABLE.c.line)
)
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


@dataclass(frozen=True, slots=True)
class Due:
    """What is tried now, and what will be next if nothing comes between."""

    letters: tuple[Letter, ...] = ()
    # A letter that leaves alone, whatever becomes due besides; reading its facts takes a while.
    following: Callable[[], Letter] | None = None
    # Mailboxes whose key is away.
    away: tuple[str, ...] = ()


def take(tx: Transaction, now: datetime, mailboxes: tuple[str, ...], held: Held = FREE) -> Due:
    """Take the next letter that is due, and register the attempt before the network is touched.

    What leaves together is claimed together, for one mail (`mailings`).
    """
    may_leave = waiting.may_leave(tx, mailboxes, now)
    found = tx.run(_NEXT, now=now, **may_leave, **held.values()).all()
    if not found:
        return Due()
    next_ = found[1] if len(found) > 1 and mailings.is_alone(found[1]) else None
    return Due(
        _tried(tx, found[0], now),
        partial(outbox_rows.letter, next_) if next_ is not None else None,
        tuple(may_leave["without"]),
    )


def _tried(tx: Transaction, first: Row[Any], now: datetime) -> tuple[Letter, ...]:
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
