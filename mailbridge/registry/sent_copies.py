"""Copies for the Sent folder: one of each document and of each recall, appended once."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import col, select

from mailbridge.model.letter import Letter
from mailbridge.registry import exchange_tables, outbox, tables
from mailbridge.registry.database import Transaction

_COPY = tables.table(exchange_tables.Copy)
Row = exchange_tables.Copy


def owe(tx: Transaction, letter: Letter, now: datetime) -> None:
    """Write that a copy is owed: the first letter of a document stands for all recipients."""
    if letter.document is None:
        return
    tx.add_once(
        _COPY,
        letter=letter.id,
        mailbox=letter.mailbox,
        document=letter.document,
        kind=letter.kind.value,
        owed_at=now,
    )


def owed(tx: Transaction, mailbox: str, limit: int = 20) -> tuple[Letter, ...]:
    """List the letters whose copies are owed to the Sent folder of a mailbox, the oldest first."""
    found = (
        select(Row.letter)
        .where(Row.mailbox == mailbox, col(Row.done_at).is_(None))
        .order_by("owed_at")
        .limit(limit)
    )
    letters = (outbox.get(tx, letter) for letter in tx.session.exec(found).all())
    return tuple(letter for letter in letters if letter is not None)


def done(tx: Transaction, letters: Sequence[str], now: datetime) -> None:
    """Write that these copies are there."""
    for row in tx.session.exec(select(Row).where(col(Row.letter).in_(list(letters)))).all():
        row.done_at = now
        tx.session.add(row)
    tx.session.flush()
