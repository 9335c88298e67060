"""Recalls that nothing proves yet: whose mails are examined again, until when."""

from datetime import datetime

from sqlalchemy import func
from sqlmodel import col, select

from mailbridge.model.outcome import Applied, OutcomeName
from mailbridge.registry import recall_tables, tables
from mailbridge.registry.database import Transaction
from mailbridge.registry.ledger_rows import row_of
from mailbridge.registry.outcomes import columns_of

_TABLE = tables.table(recall_tables.Unproven)
Row = recall_tables.Unproven


def add(tx: Transaction, ledger: int, office: str, next_look: datetime, until: datetime) -> None:
    """Write that a mail is to be examined again."""
    tx.add_once(_TABLE, ledger=ledger, office=office, next_look=next_look, until=until)


def until(tx: Transaction, ledger: int) -> datetime | None:
    """Tell until when a mail may be proven; None of one that is not waited for."""
    return tx.session.exec(select(Row.until).where(Row.ledger == ledger)).first()


def count(tx: Transaction, office: str) -> int:
    """Count what an office waits for."""
    return tx.session.exec(select(func.count()).where(Row.office == office)).one()


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
    """Write that a recall which was only noted took effect; its mail is filed anew."""
    row = row_of(tx, ledger)
    if row.outcome is not OutcomeName.NOTED:
        return
    for name, value in columns_of(outcome).items():
        setattr(row, name, value)
    row.decided_at, row.filed_at = now, None
    tx.session.add(row)
    tx.session.flush()
