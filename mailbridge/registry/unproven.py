"""Recalls that nothing proves yet: whose mails are examined again, until when."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func
from sqlmodel import col, select

from mailbridge.model.outcome import Applied, OutcomeName
from mailbridge.model.recall import Strength
from mailbridge.registry import recall_tables, tables
from mailbridge.registry.database import Transaction
from mailbridge.registry.ledger_rows import row_of
from mailbridge.registry.outcomes import columns_of

_TABLE = tables.table(recall_tables.Unproven)
Row = recall_tables.Unproven


@dataclass(frozen=True, slots=True)
class Waiting:
    """A mail whose recalls may be proven yet."""

    ledger: int
    office: str
    # Whose mailbox it came from.
    agency: str
    # What would prove them.
    strength: Strength
    # Which of its recalls wait; none named: all.
    names: tuple[str, ...]
    next_look: datetime
    until: datetime

    def is_for(self, name: str) -> bool:
        """Tell whether the recall of that name waits."""
        return not self.names or name in self.names


def add(tx: Transaction, waiting: Waiting) -> None:
    """Write that a mail is to be examined again."""
    tx.add_once(
        _TABLE,
        ledger=waiting.ledger,
        office=waiting.office,
        agency=waiting.agency,
        strength=int(waiting.strength),
        names=json.dumps(waiting.names),
        next_look=waiting.next_look,
        until=waiting.until,
    )


def of(tx: Transaction, ledger: int) -> Waiting | None:
    """Find what is waited for in a mail; None: nothing."""
    row = tx.session.get(Row, ledger)
    if row is None:
        return None
    return Waiting(
        row.ledger,
        row.office,
        row.agency,
        Strength(row.strength),
        tuple(json.loads(row.names)),
        row.next_look,
        row.until,
    )


def count(tx: Transaction, office: str, strength: Strength, agency: str | None = None) -> int:
    """Count the mails that such a proof is waited for: of an office, or of one sender of its."""
    found = select(func.count()).where(Row.office == office, Row.strength == int(strength))
    if agency is not None:
        found = found.where(Row.agency == agency)
    return tx.session.exec(found).one()


def narrow(tx: Transaction, ledger: int, names: Sequence[str]) -> None:
    """Write which recalls of a mail still wait."""
    row = tx.session.get(Row, ledger)
    if row is not None:
        row.names = json.dumps(list(names))
        tx.session.add(row)
        tx.session.flush()


def due(tx: Transaction, now: datetime, limit: int) -> tuple[tuple[int, datetime], ...]:
    """List mails that are to be examined now, with the end of each, the longest waiting first."""
    found = select(Row.ledger, Row.until).where(col(Row.next_look) <= now)
    return tuple(tx.session.exec(found.order_by(col(Row.next_look)).limit(limit)))


def look_at(tx: Transaction, ledger: int, next_look: datetime) -> None:
    """Write when a mail is examined next."""
    row = tx.session.get(Row, ledger)
    if row is not None:
        row.next_look = next_look
        tx.session.add(row)
        tx.session.flush()


def remove(tx: Transaction, ledger: int) -> None:
    """Wait for a mail no more."""
    row = tx.session.get(Row, ledger)
    if row is not None:
        tx.session.delete(row)
        tx.session.flush()


def proven(tx: Transaction, ledger: int, outcome: Applied, now: datetime) -> None:
    """Write that a recall which was only noted took effect, or one more of several in a mail.

    A mail that was only noted is filed anew.
    """
    row = row_of(tx, ledger)
    if row.outcome is OutcomeName.APPLIED:
        words = dict.fromkeys((*row.detail.split(), *outcome.to.split()))
        row.detail = " ".join(words)
    elif row.outcome is OutcomeName.NOTED:
        for name, value in columns_of(outcome).items():
            setattr(row, name, value)
        row.decided_at, row.filed_at = now, None
    tx.session.add(row)
    tx.session.flush()
