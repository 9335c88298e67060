"""Incidents of secrecy in the register (Điều 5.1)."""

from dataclasses import asdict
from datetime import datetime

from sqlmodel import col, select

from mailbridge.model.impounded import Impoundment, ImpoundState
from mailbridge.model.slot import Fingerprint, Slot
from mailbridge.registry.database import Transaction
from mailbridge.registry.impounded_tables import Impounded


def add(tx: Transaction, incident: Impoundment) -> int:
    """Write an incident down; gives its number."""
    values = asdict(incident)
    values.update(values.pop("slot"))
    values.pop("id")
    row = Impounded(**values)
    tx.session.add(row)
    tx.session.flush()
    return row.id or 0


def get(tx: Transaction, number: int) -> Impoundment | None:
    """Find one incident."""
    row = tx.session.get(Impounded, number)
    return _value(row) if row else None


def open_with(tx: Transaction, office: str, digest: Fingerprint) -> Impoundment | None:
    """Find the incident of these octets that the officer has not closed."""
    found = select(Impounded).where(
        Impounded.digest == digest,
        Impounded.office == office,
        Impounded.state != ImpoundState.ERASED,
    )
    row = tx.session.exec(found.order_by("id")).first()
    return _value(row) if row else None


def level_of(tx: Transaction, digest: Fingerprint) -> str | None:
    """Give the level under which these octets were impounded, if ever."""
    found = select(Impounded.level).where(Impounded.digest == digest).limit(1)
    return tx.session.exec(found).first()


def impoundments(tx: Transaction, office: str | None = None) -> tuple[Impoundment, ...]:
    """List the incidents of an office, or of all, newest first."""
    found = select(Impounded).order_by(col(Impounded.id).desc())
    if office is not None:
        found = found.where(Impounded.office == office)
    return tuple(map(_value, tx.session.exec(found)))


def is_kept(tx: Transaction, digest: Fingerprint) -> bool:
    """Tell whether the locked form of these octets belongs here."""
    found = select(Impounded.id).where(
        Impounded.digest == digest, Impounded.state == ImpoundState.KEPT
    )
    return tx.session.exec(found.limit(1)).first() is not None


def erased(tx: Transaction, number: int, by: str, now: datetime) -> None:
    """Write that the officer closed an incident; raises LookupError."""
    row = tx.session.get(Impounded, number)
    if row is None:
        raise LookupError(f"no incident {number}")
    row.state, row.by, row.erased_at = ImpoundState.ERASED, by, now
    tx.session.add(row)


def _value(row: Impounded) -> Impoundment:
    return Impoundment(
        id=row.id or 0,
        office=row.office,
        ledger=row.ledger,
        digest=Fingerprint(row.digest),
        size=row.size,
        slot=Slot(row.mailbox, row.uidvalidity, row.uid),
        level=row.level,
        at=row.at,
        state=row.state,
        by=row.by,
        erased_at=row.erased_at,
    )
