"""Rows of the ledger: found, made, and turned into the frozen values that leave."""

from datetime import datetime

from sqlmodel import select

from mailbridge.model.errors import Reason
from mailbridge.model.message import Kind
from mailbridge.model.outcome import Lane, Outcome, OutcomeName
from mailbridge.model.records import LedgerRow
from mailbridge.model.slot import Arrival, Fingerprint, Slot
from mailbridge.registry.database import Transaction
from mailbridge.registry.outcomes import columns_of
from mailbridge.registry.tables import Ledger


def moment_of(written: str | None) -> datetime | None:
    """Read a time that came from a mail's header; one without zone is none."""
    try:
        moment = datetime.fromisoformat(written or "")
    except ValueError:
        return None
    return moment if moment.tzinfo else None


def by_slot(tx: Transaction, slot: Slot) -> Ledger | None:
    """Find the row of a slot."""
    found = select(Ledger).where(
        Ledger.mailbox == slot.mailbox,
        Ledger.uidvalidity == slot.uidvalidity,
        Ledger.uid == slot.uid,
    )
    return tx.session.exec(found).first()


def row_of(tx: Transaction, ledger: int) -> Ledger:
    """Find a row that must be there; raises LookupError."""
    row = tx.session.get(Ledger, ledger)
    if row is None:
        raise LookupError(f"no ledger row {ledger}")
    return row


def id_of(row: Ledger) -> int:
    """Give the id of a stored row."""
    if row.id is None:
        raise LookupError("a row that was not stored")
    return row.id


def new_row(arrival: Arrival, now: datetime) -> Ledger:
    """Make the row of a mail seen for the first time."""
    return Ledger(
        mailbox=arrival.slot.mailbox,
        uidvalidity=arrival.slot.uidvalidity,
        uid=arrival.slot.uid,
        size=arrival.size,
        internal_date=arrival.internal_date,
        first_seen=now,
    )


def apply(row: Ledger, outcome: Outcome, now: datetime) -> None:
    """Write an outcome into a row."""
    for name, value in columns_of(outcome).items():
        setattr(row, name, value)
    row.settled_at, row.is_open, row.alone = now, False, False


def value_of(row: Ledger) -> LedgerRow:
    """Give what leaves this station."""
    slot = Slot(row.mailbox, row.uidvalidity, row.uid)
    return LedgerRow(
        id=id_of(row),
        arrival=Arrival(slot, row.size, row.internal_date),
        fingerprint=Fingerprint(row.fingerprint) if row.fingerprint else None,
        first_seen=row.first_seen,
        begun_at=row.begun_at,
        delivered_at=row.delivered_at,
        attempts=row.attempts,
        deaths=row.deaths,
        is_open=row.is_open,
        alone=row.alone,
        outcome=OutcomeName(row.outcome) if row.outcome else None,
        reason=Reason(row.reason) if row.reason else None,
        detail=row.detail,
        lane=Lane(row.lane) if row.lane else None,
        refusal=Reason(row.refusal) if row.refusal else None,
        of=row.duplicate_of,
        until=row.until,
        numbers=tuple(row.numbers.split()),
        kind=Kind(row.kind) if row.kind else None,
        sender=row.sender,
        subject=row.subject,
        message_id=row.message_id,
        settled_at=row.settled_at,
        decided_at=row.decided_at,
        filed_at=row.filed_at,
        gone_at=row.gone_at,
    )
