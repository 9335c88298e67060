"""Rows of the ledger: found, made, and turned into the frozen values that leave."""

from datetime import datetime
from typing import Any

from sqlalchemy import Row, bindparam
from sqlalchemy import select as columns
from sqlmodel import select

from mailbridge.model.errors import Reason
from mailbridge.model.examination import MailView
from mailbridge.model.message import Kind
from mailbridge.model.outcome import Lane, Outcome, OutcomeName
from mailbridge.model.records import LedgerRow
from mailbridge.model.slot import Arrival, Fingerprint, Slot
from mailbridge.registry.database import Transaction
from mailbridge.registry.outcomes import Columns, columns_of
from mailbridge.registry.tables import Ledger, table

# Words of a mail are cut in the ledger; the blob holds them whole.
WORDS = 500

LEDGER = table(Ledger)
_BY_SLOT = columns(LEDGER).where(
    LEDGER.c.mailbox == bindparam("of"),
    LEDGER.c.uidvalidity == bindparam("validity"),
    LEDGER.c.uid == bindparam("number"),
)


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


def seen(tx: Transaction, slot: Slot) -> Row[Any] | None:
    """Read the row of a slot."""
    return tx.run(_BY_SLOT, of=slot.mailbox, validity=slot.uidvalidity, number=slot.uid).first()


def row_of(tx: Transaction, ledger: int) -> Ledger:
    """Find a row that must be there; raises LookupError."""
    row = tx.session.get(Ledger, ledger)
    if row is None:
        raise LookupError(f"no ledger row {ledger}")
    return row


def id_of(row: Ledger | Row[Any]) -> int:
    """Give the id of a stored row."""
    number: int | None = row.id
    if number is None:
        raise LookupError("a row that was not stored")
    return number


def new_row(arrival: Arrival, now: datetime) -> Ledger:
    """Make the row of a mail seen for the first time."""
    return Ledger(**first_columns(arrival, now))


def first_columns(arrival: Arrival, now: datetime) -> dict[str, Any]:
    """Give what is known of a mail when it is seen for the first time."""
    return {
        "mailbox": arrival.slot.mailbox,
        "uidvalidity": arrival.slot.uidvalidity,
        "uid": arrival.slot.uid,
        "size": arrival.size,
        "internal_date": arrival.internal_date,
        "first_seen": now,
    }


def apply(row: Ledger, outcome: Outcome, now: datetime) -> None:
    """Write an outcome into a row."""
    for name, value in settled_columns(outcome, now).items():
        setattr(row, name, value)


def settled_columns(outcome: Outcome, now: datetime) -> Columns:
    """Give what an outcome writes into a row."""
    return {**columns_of(outcome), "settled_at": now, "is_open": False, "alone": False}


def told_columns(mail: MailView | None) -> Columns:
    """Give what the headers of a mail write into a row."""
    if mail is None:
        return {}
    return {
        "sender": (mail.from_[0].spec if mail.from_ else "")[:WORDS],
        "subject": mail.subject[:WORDS],
        "message_id": mail.message_id[:WORDS] if mail.message_id else None,
        "delivered_at": moment_of(mail.delivered_at),
    }


def value_of(row: Ledger | Row[Any]) -> LedgerRow:
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
