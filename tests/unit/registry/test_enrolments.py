"""What clerks enrol outlasts another directory file, and every step is in the journal."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from mailbridge.model.directory import Agency, CertificateRole, Directory, EnrolledCertificate
from mailbridge.model.evidence import Signer
from mailbridge.model.parcel import SealForm
from mailbridge.model.slot import Arrival, Fingerprint
from mailbridge.registry import agencies, enrolments, journal, ledger
from mailbridge.registry.database import Database
from tests.unit.registry.conftest import NOW

OF_FILE = EnrolledCertificate("a" * 64, CertificateRole.SEAL, "Con dấu")
OF_CLERK = EnrolledCertificate("b" * 64, CertificateRole.PERSON, "Nguyễn Văn A", date(2026, 1, 1))
AGENCY = Agency("DEMO.01", "Văn phòng", certificates=(OF_FILE,))


def _certificates(database: Database) -> tuple[EnrolledCertificate, ...]:
    with database.reading() as tx:
        return agencies.directory(tx).agencies[0].certificates


def _enrolled(database: Database) -> None:
    with database.transaction() as tx:
        agencies.load(tx, Directory((AGENCY,)), NOW)
        agencies.enrol(tx, "demo.01", OF_CLERK, "Văn thư A", NOW)


def test_an_enrolled_certificate_outlasts_another_directory_file(database: Database) -> None:
    _enrolled(database)
    assert _certificates(database) == (OF_FILE, OF_CLERK)
    renamed = Directory((replace(AGENCY, name="Tên mới"),))
    with database.transaction() as tx:
        (change,) = agencies.load(tx, renamed, NOW)
    assert [name for name, _, _ in change.fields] == ["name"]
    assert _certificates(database) == (OF_FILE, OF_CLERK)


def test_what_a_clerk_removed_does_not_come_back_with_the_file(database: Database) -> None:
    _enrolled(database)
    with database.transaction() as tx:
        agencies.withdraw(tx, "DEMO.01", OF_FILE, "Văn thư A", NOW)
        agencies.load(tx, Directory((replace(AGENCY, symbol="X"),)), NOW)
    assert _certificates(database) == (OF_CLERK,)


def test_an_ended_certificate_stays_for_old_documents(database: Database) -> None:
    _enrolled(database)
    ended = replace(OF_CLERK, until=date(2026, 6, 1))
    with database.transaction() as tx:
        agencies.withdraw(tx, "DEMO.01", ended, "Văn thư A", NOW)
    assert _certificates(database) == (OF_FILE, ended)


def test_every_step_is_journalled_under_a_name(database: Database) -> None:
    _enrolled(database)
    with database.transaction() as tx:
        agencies.withdraw(tx, "DEMO.01", OF_CLERK, "Văn thư B", NOW)
        newest = journal.lines(tx)[:2]
    assert [(line.event, line.data["by"]) for line in newest] == [
        ("certificate-removed", "Văn thư B"),
        ("certificate-confirmed", "Văn thư A"),
    ]


def test_a_proposal_is_made_once_a_mail_and_decided_by_the_enrolment(
    database: Database, arrival: Callable[..., Arrival]
) -> None:
    signer = Signer("Nguyễn Văn A", fingerprint=OF_CLERK.fingerprint)
    with database.transaction() as tx:
        row = ledger.begin(tx, arrival(), Fingerprint("f" * 64), NOW).ledger
        for _ in range(2):
            found = [(signer, SealForm.PADES), (signer, SealForm.PADES), (Signer(""), SealForm.CMS)]
            enrolments.propose(tx, row, "DEMO.01", found, NOW)
    with database.reading() as tx:
        (waiting,) = enrolments.proposed(tx)
    assert (waiting.signer, waiting.role) == (signer, CertificateRole.SEAL)
    _enrolled(database)
    with database.reading() as tx:
        assert enrolments.proposed(tx) == ()
        (decided,) = enrolments.proposed(tx, OF_CLERK.fingerprint)
    assert decided.decided_at == NOW
