"""The outbox: letters owed with their cause, posted at least once and visibly the same."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, bindparam
from sqlalchemy import select as columns
from sqlmodel import col, select

from mailbridge.model import codec
from mailbridge.model.letter import (
    AlertFacts,
    Letter,
    LetterFacts,
    LetterKind,
    LetterState,
    NoticeFacts,
    ReceiptFacts,
    WarningFacts,
)
from mailbridge.registry import tables, waiting
from mailbridge.registry.database import Transaction

# Seconds until the next attempt, after the first, second, … one; the last repeats.
_BACK_OFF = (5, 60, 300, 900, 3600)
# A letter that nobody took in two days is given up loudly.
_GIVE_UP = timedelta(hours=48)
# Notices that leave together are one mail of bearable size.
_BATCH = 20

_TABLE = tables.table(tables.Outbox)
_RECEIPTS = (
    columns(_TABLE)
    .where(_TABLE.c.document == bindparam("of"), _TABLE.c.kind == LetterKind.RECEIPT)
    .order_by(_TABLE.c.line)
)
_OURS = columns(_TABLE.c.line).where(
    _TABLE.c.id == bindparam("local"), _TABLE.c.mailbox.in_(bindparam("within", expanding=True))
)


def owe(tx: Transaction, letter: Letter) -> None:
    """Write down that a letter is owed; the same cause owes the same letter once."""
    tx.add_once(
        _TABLE,
        id=letter.id,
        kind=letter.kind,
        mailbox=letter.mailbox,
        recipient=letter.to,
        facts=codec.encode(LetterFacts, letter.facts).decode(),
        owed_at=letter.owed_at,
        not_before=letter.not_before,
        urgent=letter.urgent,
        document=letter.document,
        state=LetterState.OWED,
        attempts=0,
        last_error="",
    )


def claim(tx: Transaction, now: datetime, mailboxes: tuple[str, ...]) -> tuple[Letter, ...]:
    """Take the next letter that is due, and register the attempt before the network is touched.

    Notices to one person that are due together are claimed together, for one mail.
    """
    due = (
        # Only the keys are sorted: in an outage thousands are due, each with its facts.
        select(tables.Outbox.line)
        .where(
            # What was uncertain leaves again: its receivers know it by its Message-ID.
            col(tables.Outbox.state).in_((LetterState.OWED, LetterState.UNCERTAIN)),
            col(tables.Outbox.not_before) <= now,
            waiting.may_leave(tx, mailboxes, now),
        )
        .order_by(col(tables.Outbox.urgent).desc(), "line")
    )
    line = tx.session.exec(due.limit(1)).first()
    first = tx.session.get(tables.Outbox, line) if line else None
    if first is None:
        return ()
    rows = [first]
    if first.kind == LetterKind.NOTICE and not first.urgent:
        together = due.where(
            tables.Outbox.kind == LetterKind.NOTICE,
            tables.Outbox.recipient == first.recipient,
            tables.Outbox.mailbox == first.mailbox,
            tables.Outbox.urgent == first.urgent,
        )
        lines = tx.session.exec(together.limit(_BATCH)).all()
        batch = select(tables.Outbox).where(col(tables.Outbox.line).in_(lines))
        rows = list(tx.session.exec(batch.order_by("line")))
    for row in rows:
        _register_attempt(row, now)
        tx.session.add(row)
    tx.session.flush()
    return tuple(map(_value, rows))


def _register_attempt(row: tables.Outbox, now: datetime) -> None:
    seconds = _BACK_OFF[min(row.attempts, len(_BACK_OFF) - 1)]
    row.state = LetterState.ATTEMPTING
    row.attempts += 1
    row.first_try = row.first_try or now
    row.not_before = now + timedelta(seconds=seconds)


def sent(tx: Transaction, ids: Iterable[str], now: datetime) -> None:
    """Write that a server took the letters."""
    for row in _rows(tx, ids):
        row.state, row.sent_at, row.last_error = LetterState.SENT, now, ""
        tx.session.add(row)


def uncertain(tx: Transaction, ids: Iterable[str], error: str, now: datetime) -> tuple[str, ...]:
    """Write that an answer was lost; such letters leave again under the same Message-ID.

    Not for ever: a server that takes each and loses each answer would fill a mailbox. Returns the
    ids of those given up.
    """
    return _put_back(_rows(tx, ids), LetterState.UNCERTAIN, error, now)


def again(
    tx: Transaction, ids: Iterable[str], error: str, now: datetime, *, after: int | None = None
) -> tuple[str, ...]:
    """Write that an attempt failed for now; returns the ids of those given up after two days."""
    rows = _rows(tx, ids)
    if after is not None:
        for row in rows:
            row.not_before = now + timedelta(seconds=after)
    return _put_back(rows, LetterState.OWED, error, now)


def untried(tx: Transaction, ids: Iterable[str], why: str, now: datetime) -> None:
    """Take an attempt back that never came to the network: it counts for nothing."""
    for row in _rows(tx, ids):
        row.state, row.not_before, row.last_error = LetterState.OWED, now, why
        row.attempts, row.first_try = max(0, row.attempts - 1), None
        tx.session.add(row)


def _put_back(
    rows: list[tables.Outbox], state: LetterState, error: str, now: datetime
) -> tuple[str, ...]:
    for row in rows:
        gives_up = row.first_try is not None and now - row.first_try > _GIVE_UP
        row.state = LetterState.FAILED if gives_up else state
        row.last_error = error
    return tuple(row.id for row in rows if row.state is LetterState.FAILED)


def failed(tx: Transaction, ids: Iterable[str], error: str, now: datetime) -> None:
    """Write that a server refused the letters for good."""
    del now
    for row in _rows(tx, ids):
        row.state, row.last_error = LetterState.FAILED, error
        tx.session.add(row)


def recover(tx: Transaction, now: datetime, mailboxes: Sequence[str]) -> None:
    """Owe again, as the same letter, what was being posted when the service died.

    The first time at once; a letter that kills us each time keeps to its back-off.
    """
    found = select(tables.Outbox).where(
        tables.Outbox.state == LetterState.ATTEMPTING, col(tables.Outbox.mailbox).in_(mailboxes)
    )
    for row in tx.session.exec(found):
        row.state = LetterState.OWED
        if row.attempts <= 1:
            row.not_before = now
        tx.session.add(row)


def requeue(tx: Transaction, letter: str, now: datetime) -> None:
    """Owe a letter once more."""
    for row in _rows(tx, (letter,)):
        row.state, row.not_before, row.first_try, row.attempts = LetterState.OWED, now, None, 0
        tx.session.add(row)


def letters(tx: Transaction, limit: int = 500) -> tuple[Letter, ...]:
    """List letters, newest first."""
    found = select(tables.Outbox).order_by(col(tables.Outbox.line).desc()).limit(limit)
    return tuple(map(_value, tx.session.exec(found)))


def forget(tx: Transaction, document: int, ids: Iterable[str]) -> None:
    """Drop what was owed or sent about a document that must leave no words here (Điều 5.1)."""
    rows = select(tables.Outbox).where(
        (col(tables.Outbox.document) == document) | col(tables.Outbox.id).in_(tuple(ids))
    )
    for row in tx.session.exec(rows):
        tx.session.delete(row)
    tx.session.flush()


def receipts_of(tx: Transaction, document: int) -> tuple[Letter, ...]:
    """List the receipts of a document, the oldest first."""
    return tuple(map(_value, tx.run(_RECEIPTS, of=document)))


def is_ours(tx: Transaction, message_id: str, mailboxes: Sequence[str]) -> bool:
    """Tell whether a Message-ID is of a letter of these mailboxes: only the outbox knows."""
    local = message_id.strip().strip("<>").rpartition("@")[0]
    return tx.run(_OURS, local=local, within=list(mailboxes)).first() is not None


def _rows(tx: Transaction, ids: Iterable[str]) -> list[tables.Outbox]:
    found = select(tables.Outbox).where(col(tables.Outbox.id).in_(tuple(ids)))
    return list(tx.session.exec(found))


def _facts(kind: LetterKind, written: str) -> LetterFacts:
    match kind:
        case LetterKind.RECEIPT:
            return codec.decode(ReceiptFacts, written)
        case LetterKind.NOTICE:
            return codec.decode(NoticeFacts, written)
        case LetterKind.ALERT:
            return codec.decode(AlertFacts, written)
        case LetterKind.WARNING:
            return codec.decode(WarningFacts, written)


def _value(row: tables.Outbox | Row[Any]) -> Letter:
    kind = LetterKind(row.kind)
    return Letter(
        id=row.id,
        kind=kind,
        mailbox=row.mailbox,
        to=row.recipient,
        facts=_facts(kind, row.facts),
        owed_at=row.owed_at,
        not_before=row.not_before,
        urgent=row.urgent,
        document=row.document,
        state=LetterState(row.state),
        attempts=row.attempts,
        last_error=row.last_error,
        sent_at=row.sent_at,
    )
