"""The directory of agencies in the database; every change is journalled."""

import hashlib
from dataclasses import fields
from datetime import datetime
from pathlib import Path

from sqlalchemy import select as columns
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import select

from mailbridge.model import codec
from mailbridge.model.directory import Agency, Directory, EnrolledCertificate
from mailbridge.model.errors import TryLaterError
from mailbridge.model.records import Change, ChangeKind
from mailbridge.registry import enrolments, journal, tables
from mailbridge.registry.database import Database, Transaction

_DIGEST = columns(tables.table(tables.Directory).c.digest)


def directory(tx: Transaction) -> Directory:
    """Give the directory with what clerks enrolled; read anew only when it was changed."""
    digest = tx.run(_DIGEST).scalar() or ""
    known = tx.known.get("directory")
    if known is None or known[0] != digest:
        known = (digest, enrolments.overlaid(tx, loaded(tx)))
        tx.known["directory"] = known
    found: Directory = known[1]
    return found


def standing_at(place: str | Path, password: str | None) -> Directory | None:
    """Give the directory of a register that is not brought to its newest form; None: none there."""
    opened = Database(place, password=password)
    try:
        with opened.reading() as tx:
            found = directory(tx)
    except (SQLAlchemyError, TryLaterError):
        # Not yet made, of another version, or away: who asks has the file.
        return None
    finally:
        opened.close()
    return found if found.agencies else None


def enrol(
    tx: Transaction, agency: str, certificate: EnrolledCertificate, who: str, now: datetime
) -> None:
    """Write that a clerk compared a certificate and that it speaks for the agency."""
    enrolments.write(tx, agency, certificate, who, now)
    data = {"by": who, "fingerprint": certificate.fingerprint, "role": certificate.role.value}
    data |= {"holder": certificate.holder, "since": str(certificate.since or "")}
    journal.append(tx, journal.HOUSE, "certificate-confirmed", f"agency:{agency}", data, now)
    _mark(tx, now)


def withdraw(
    tx: Transaction, agency: str, certificate: EnrolledCertificate, who: str, now: datetime
) -> None:
    """Write that a certificate speaks for the agency no longer.

    With its `until` it still proves the documents of its time; without, it never spoke for it.
    """
    removed = certificate.until is None
    enrolments.write(tx, agency, certificate, who, now, removed=removed)
    event = "certificate-removed" if removed else "certificate-ended"
    data = {"by": who, "fingerprint": certificate.fingerprint}
    data["until"] = str(certificate.until or "")
    journal.append(tx, journal.HOUSE, event, f"agency:{agency}", data, now)
    _mark(tx, now)


def loaded(tx: Transaction) -> Directory:
    """Give the agencies as the last file said."""
    rows = tx.session.exec(select(tables.Agency.value).order_by("code"))
    return Directory(tuple(codec.decode(Agency, value) for value in rows))


def _mark(tx: Transaction, now: datetime) -> None:
    """Write the digest of the directory as it stands, so that every process reads it anew."""
    tx.session.flush()
    standing = codec.encode(Directory, enrolments.overlaid(tx, loaded(tx)))
    digest = hashlib.sha256(standing).hexdigest()
    tx.session.merge(tables.Directory(id=1, digest=digest, loaded_at=now))
    tx.session.flush()


def diff(tx: Transaction, new: Directory) -> tuple[Change, ...]:
    """Tell what loading this directory would change."""
    old = {agency.code: agency for agency in loaded(tx).agencies}
    wanted = {agency.code: agency for agency in new.agencies}
    changes = []
    for code in sorted({*old, *wanted}):
        before, after = old.get(code), wanted.get(code)
        if before is None and after is not None:
            changes.append(Change(ChangeKind.ADDED, code, after.name))
        elif after is None and before is not None:
            changes.append(Change(ChangeKind.REMOVED, code, before.name))
        elif before is not None and after is not None and before != after:
            changes.append(Change(ChangeKind.CHANGED, code, after.name, _fields(before, after)))
    return tuple(changes)


def load(tx: Transaction, new: Directory, now: datetime) -> tuple[Change, ...]:
    """Make the directory what the file says; documents keep the names they were entered with."""
    changes = diff(tx, new)
    wanted = {agency.code: agency for agency in new.agencies}
    for change in changes:
        if change.kind is ChangeKind.REMOVED:
            tx.session.delete(tx.session.get(tables.Agency, change.code))
        else:
            value = codec.encode(Agency, wanted[change.code]).decode()
            row = tables.Agency(code=change.code, value=value, loaded_at=now)
            tx.session.merge(row)
        data = {name: f"{before} -> {after}" for name, before, after in change.fields}
        event = f"agency-{change.kind.value}"
        journal.append(tx, journal.HOUSE, event, f"agency:{change.code}", data, now)
    if changes:
        _mark(tx, now)
    return changes


def _fields(before: Agency, after: Agency) -> tuple[tuple[str, str, str], ...]:
    pairs = ((f.name, getattr(before, f.name), getattr(after, f.name)) for f in fields(Agency))
    return tuple((name, str(old), str(new)) for name, old, new in pairs if old != new)
