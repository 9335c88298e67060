"""Certificates as clerks enrolled them beside the directory file, and those that are proposed."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from sqlmodel import col, select

from mailbridge.model import codec
from mailbridge.model.directory import Directory, EnrolledCertificate
from mailbridge.model.evidence import Signer
from mailbridge.model.parcel import SealForm
from mailbridge.model.records import Proposal
from mailbridge.registry import trust_tables as tables
from mailbridge.registry.database import Transaction

# Who sends a thousand mails under a thousand new certificates must not drown the clerk's list.
_FEW = 200


def write(
    tx: Transaction,
    agency: str,
    certificate: EnrolledCertificate,
    who: str,
    now: datetime,
    *,
    removed: bool = False,
) -> None:
    """Write how a certificate stands by a clerk's word, whatever the directory file says of it."""
    tx.session.merge(
        tables.Enrolment(
            fingerprint=certificate.fingerprint,
            agency=agency,
            role=certificate.role,
            holder=certificate.holder,
            since=certificate.since,
            until=certificate.until,
            confirmed_at=now,
            confirmed_by=who,
            removed_at=now if removed else None,
        )
    )
    waiting = select(tables.Proposal).where(
        tables.Proposal.fingerprint == certificate.fingerprint,
        col(tables.Proposal.decided_at).is_(None),
    )
    for row in tx.session.exec(waiting).all():
        row.decided_at = now
        tx.session.add(row)
    tx.session.flush()


def overlaid(tx: Transaction, directory: Directory) -> Directory:
    """Add what clerks enrolled to a directory, and take away what they took away."""
    rows = tx.session.exec(select(tables.Enrolment).order_by("fingerprint")).all()
    if not rows:
        return directory
    decided = {row.fingerprint for row in rows}
    added: dict[str, list[EnrolledCertificate]] = {}
    for row in rows:
        if row.removed_at is None:
            added.setdefault(row.agency.lower(), []).append(_certificate(row))
    return Directory(
        tuple(
            replace(
                agency,
                certificates=(
                    *(one for one in agency.certificates if one.fingerprint not in decided),
                    *added.get(agency.code.lower(), ()),
                ),
            )
            for agency in directory.agencies
        )
    )


def propose(
    tx: Transaction, ledger: int, agency: str, found: Iterable[tuple[Signer, SealForm]],
    now: datetime,
) -> None:  # fmt: skip
    """Write down certificates that came in this mail and that nobody has compared yet."""
    known = {proposal.signer.fingerprint for proposal in proposed_in(tx, ledger)}
    for signer, form in found:
        if signer.fingerprint and signer.fingerprint not in known:
            known.add(signer.fingerprint)
            row = tables.Proposal(
                ledger=ledger,
                agency=agency,
                fingerprint=signer.fingerprint,
                form=form.value,
                signer=codec.encode(Signer, signer).decode(),
                proposed_at=now,
            )
            tx.session.add(row)
    tx.session.flush()


def proposed_in(tx: Transaction, ledger: int) -> tuple[Proposal, ...]:
    """List the certificates that one mail proposed, decided or not."""
    found = select(tables.Proposal).where(tables.Proposal.ledger == ledger).order_by("id")
    return tuple(map(_proposal, tx.session.exec(found)))


def proposed(tx: Transaction, fingerprint: str = "") -> tuple[Proposal, ...]:
    """List what waits for a clerk, the newest first; or every mail that proposed one of them."""
    found = select(tables.Proposal).order_by(col(tables.Proposal.id).desc()).limit(_FEW)
    if fingerprint:
        found = found.where(tables.Proposal.fingerprint == fingerprint)
    else:
        found = found.where(col(tables.Proposal.decided_at).is_(None))
    return tuple(map(_proposal, tx.session.exec(found)))


def _certificate(row: tables.Enrolment) -> EnrolledCertificate:
    return EnrolledCertificate(row.fingerprint, row.role, row.holder, row.since, row.until)


def _proposal(row: tables.Proposal) -> Proposal:
    return Proposal(
        ledger=row.ledger,
        agency=row.agency,
        signer=codec.decode(Signer, row.signer),
        form=SealForm(row.form),
        proposed_at=row.proposed_at,
        decided_at=row.decided_at,
    )
