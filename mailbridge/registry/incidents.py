"""Incidents of the Party's own network, opened and closed by a person (Điều 5.3, Điều 7.4)."""

from datetime import datetime
from typing import Any

from sqlalchemy import Row, bindparam, or_
from sqlalchemy import select as columns
from sqlmodel import col, select

from mailbridge.model.incident import Incident
from mailbridge.registry import incident_tables, journal, tables
from mailbridge.registry.database import Transaction

_TABLE = tables.table(incident_tables.Incident)
_AT = bindparam("at", type_=_TABLE.c.opened_at.type)
_STANDING = (
    columns(_TABLE)
    .where(_TABLE.c.opened_at <= _AT, or_(_TABLE.c.closed_at.is_(None), _TABLE.c.closed_at > _AT))
    .order_by(_TABLE.c.id)
)


def open_(tx: Transaction, agency: str, what: str, who: str, now: datetime) -> Incident:
    """Open an incident of an agency's link, or of the whole network where `agency` is empty."""
    row = incident_tables.Incident(agency=agency, what=what, opened_at=now, opened_by=who)
    tx.session.add(row)
    tx.session.flush()
    incident = _value(row)
    data = {"by": who, "agency": agency, "what": what}
    journal.append(tx, journal.HOUSE, "incident-opened", f"incident:{incident.id}", data, now)
    return incident


def close(tx: Transaction, number: int, cure: str, who: str, now: datetime) -> Incident | None:
    """Close an incident with what mended it; None where it is not open."""
    row = tx.session.get(incident_tables.Incident, number)
    if row is None or row.closed_at is not None:
        return None
    row.closed_at, row.closed_by, row.cure = now, who, cure
    tx.session.add(row)
    tx.session.flush()
    data = {"by": who, "cure": cure}
    journal.append(tx, journal.HOUSE, "incident-closed", f"incident:{number}", data, now)
    return _value(row)


def standing(tx: Transaction, at: datetime) -> tuple[Incident, ...]:
    """List the incidents that stood open at that moment, the oldest first."""
    return tuple(map(_value, tx.run(_STANDING, at=at)))


def listed(tx: Transaction, limit: int) -> tuple[Incident, ...]:
    """List incidents, newest first."""
    found = select(incident_tables.Incident).order_by(col(incident_tables.Incident.id).desc())
    return tuple(map(_value, tx.session.exec(found.limit(limit))))


def _value(row: incident_tables.Incident | Row[Any]) -> Incident:
    return Incident(
        id=row.id or 0,
        agency=row.agency,
        what=row.what,
        opened_at=row.opened_at,
        opened_by=row.opened_by,
        closed_at=row.closed_at,
        closed_by=row.closed_by,
        cure=row.cure,
    )
