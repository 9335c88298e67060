"""Enrol: a clerk compared a certificate's fingerprint, and says for whom it speaks (Điều 10.1)."""

from dataclasses import replace
from datetime import date, datetime

from mailbridge.model.directory import CertificateRole, EnrolledCertificate
from mailbridge.model.outcome import OutcomeName
from mailbridge.registry import agencies, enrolments, ledger
from mailbridge.registry.database import Database, Transaction


class CannotEnrolError(Exception):
    """It cannot be enrolled or taken away; one Vietnamese sentence."""


def confirm(
    database: Database, agency: str, certificate: EnrolledCertificate, who: str, now: datetime
) -> tuple[int, ...]:
    """Enrol it; gives the held mails that proposed it, which can be checked again.

    One certificate speaks for one agency: who moved to another one gets a new certificate.
    """
    with database.transaction() as tx:
        known = agencies.directory(tx)
        owner = known.by_code(agency)
        if owner is None:
            raise CannotEnrolError(f"Không có cơ quan {agency} trong danh bạ.")
        enrolled = known.by_certificate(certificate.fingerprint)
        if enrolled is not None and enrolled[0].code != owner.code:
            raise CannotEnrolError(f"Chứng thư số này đã thuộc {enrolled[0].name}; không đổi chủ.")
        proposals = enrolments.proposed(tx, certificate.fingerprint)
        if not certificate.holder and proposals:
            certificate = replace(certificate, holder=proposals[0].signer.name)
        agencies.enrol(tx, owner.code, certificate, who, now)
        return _held(tx, tuple(proposal.ledger for proposal in proposals))


def withdraw(
    database: Database, fingerprint: str, until: date | None, who: str, now: datetime
) -> EnrolledCertificate:
    """End it with a day, or take it away as if it had never been enrolled."""
    with database.transaction() as tx:
        enrolled = agencies.directory(tx).by_certificate(fingerprint)
        if enrolled is None:
            raise CannotEnrolError("Không có chứng thư số này trong danh bạ.")
        agency, certificate = enrolled
        changed = replace(certificate, until=until)
        agencies.withdraw(tx, agency.code, changed, who, now)
    return changed


def dismiss(database: Database, fingerprint: str, who: str, now: datetime) -> None:
    """Strike a proposal that is not the agency's from the list; the mails stay held."""
    with database.transaction() as tx:
        proposals = enrolments.proposed(tx, fingerprint)
        if not proposals:
            raise CannotEnrolError("Không có chứng thư số nào như vậy được đề nghị.")
        nobody = EnrolledCertificate(fingerprint, CertificateRole.SEAL)
        agencies.withdraw(tx, proposals[0].agency, nobody, who, now)


def _held(tx: Transaction, rows: tuple[int, ...]) -> tuple[int, ...]:
    found = [ledger.get(tx, row) for row in sorted(set(rows))]
    return tuple(row.id for row in found if row and row.outcome is OutcomeName.HELD)
