"""Which letters leave together as one mail, and that they stay together.

A mail of several is named by its letters. When the answer to it was lost, its readers know it by
that name: so its letters leave again together, and nothing that has become due since joins them.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, bindparam, select, text, update

from mailbridge.model.batch import batch_id
from mailbridge.model.letter import Letter, LetterKind, LetterState, ReceiptFacts, Stage
from mailbridge.registry import outbox_rows, tables
from mailbridge.registry.database import Transaction

# A mail of bearable size: for a person who reads it, and for a reader that bounds what it matches.
NOTICES = 20
RECEIPTS = 50
# So many receipts due to one address are a backlog; fewer leave at once, each alone.
BACKLOG = 5
# Receipts of documents with thousands of files make a mail that servers refuse, and words that
# readers cut at 1 MiB (letters of facts).
SIZE = 256 * 1024

# What no person acts on: a return and the answers to a recall have a mail of their own.
_BUNDLED = {Stage.ARRIVED, Stage.REGISTERED, Stage.ASSIGNED, Stage.PROCESSING, Stage.DONE}
_MOST = {LetterKind.NOTICE: NOTICES, LetterKind.RECEIPT: RECEIPTS}

_Found = Row[Any]
_TABLE = tables.table(tables.Outbox)
_FREE = (
    select(_TABLE.c.line, _TABLE.c.id, _TABLE.c.facts)
    .where(
        text(tables.FREE),
        _TABLE.c.kind == bindparam("kind", type_=_TABLE.c.kind.type),
        _TABLE.c.mailbox == bindparam("by"),
        _TABLE.c.recipient == bindparam("to"),
        _TABLE.c.urgent.is_(False),
        _TABLE.c.not_before <= bindparam("now", type_=_TABLE.c.not_before.type),
    )
    .order_by(_TABLE.c.line)
    .limit(bindparam("most"))
)
_KEPT = (
    select(_TABLE.c.line, _TABLE.c.id)
    .where(
        _TABLE.c.mail == bindparam("named"),
        _TABLE.c.state.in_((LetterState.OWED, LetterState.UNCERTAIN)),
    )
    .order_by(_TABLE.c.line)
)
_BIND = (
    update(_TABLE)
    .where(_TABLE.c.line.in_(bindparam("lines", expanding=True)))
    .values(mail=bindparam("named"))
)
_APART = (
    update(_TABLE)
    .where(_TABLE.c.id.in_(bindparam("ids", expanding=True)))
    .values(state=LetterState.OWED, mail=_TABLE.c.id, last_error=bindparam("why"))
)
_OF_MAIL = select(_TABLE).where(_TABLE.c.mail == bindparam("named")).order_by(_TABLE.c.line)


def together(tx: Transaction, first: _Found, now: datetime) -> Sequence[int | None]:
    """Give the lines that leave with this one as one mail, and write which mail that is.

    They have its mailbox, recipient and kind, and are urgent as little as it is: what lets it
    leave lets them.
    """
    found = _members(tx, first, now)
    lines = tuple(row.line for row in found)
    name = batch_id(row.id for row in found)
    if name != first.mail and (len(lines) > 1 or first.mail):
        # One was called back or erased since: the others are another mail now.
        tx.run(_BIND, lines=lines, named=name)
    return lines


def is_alone(row: _Found) -> bool:
    """Tell whether a letter shares its mail with no other, now and later."""
    return row.mail is None and (row.urgent or row.kind not in _MOST)


def _members(tx: Transaction, first: _Found, now: datetime) -> Sequence[_Found]:
    if first.mail:
        return tx.run(_KEPT, named=first.mail).all()
    most = _MOST.get(first.kind, 0)
    if not most or first.urgent or first.state != LetterState.OWED:
        return (first,)
    free = {"kind": first.kind, "by": first.mailbox, "to": first.recipient, "now": now}
    found = tx.run(_FREE, **free, most=most).all()
    return found if first.kind == LetterKind.NOTICE else _backlog(found) or (first,)


def _backlog(found: Sequence[Row[Any]]) -> Sequence[Row[Any]]:
    """Choose the receipts that share a mail with the first; none where they are few."""
    if len(found) < BACKLOG:
        return ()
    first, chosen, size = outbox_rows.receipt(found[0].facts), [], 0
    for row in found:
        size += len(row.facts)
        if size > SIZE:
            break
        if _goes_with(first, outbox_rows.receipt(row.facts)):
            chosen.append(row)
    return chosen if len(chosen) >= BACKLOG and chosen[0] is found[0] else ()


def _goes_with(first: ReceiptFacts, other: ReceiptFacts) -> bool:
    # Agencies may share an address: each has receipts of its own.
    return other.stage in _BUNDLED and (other.by, other.to) == (first.by, first.to)


def apart(tx: Transaction, ids: Iterable[str], why: str) -> None:
    """Let each leave alone, since the mail of several was refused: one alone may be the cause."""
    tx.run(_APART, ids=list(ids), why=why)


def of_mail(tx: Transaction, name: str) -> tuple[Letter, ...]:
    """List the letters that share a mail of this name, the oldest first."""
    return tuple(map(outbox_rows.letter, tx.run(_OF_MAIL, named=name)))
