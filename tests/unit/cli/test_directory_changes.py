"""What a directory file changes is shown old and new."""

from dataclasses import replace

from mailbridge.cli.directory_changes import lines
from mailbridge.model.directory import Agency, CertificateRole, Directory, EnrolledCertificate

SEAL = EnrolledCertificate("a" * 64, CertificateRole.SEAL)
OFFICE = Agency("A.1", "Văn phòng", mailboxes=("cu@hungyen.gov.vn",), certificates=(SEAL,))


def _lines(before: Agency | None, after: Agency | None) -> list[str]:
    old, new = (Directory((one,) if one else ()) for one in (before, after))
    return lines(old, new, "A.1")


def test_a_changed_mailbox_is_shown_old_and_new() -> None:
    told = _lines(OFFICE, replace(OFFICE, mailboxes=("moi@hungyen.gov.vn",)))
    assert told == ["  hộp thư: cu@hungyen.gov.vn → moi@hungyen.gov.vn"]


def test_a_changed_fingerprint_is_shown_whole() -> None:
    told = _lines(OFFICE, replace(OFFICE, certificates=(replace(SEAL, fingerprint="b" * 64),)))
    assert told == [f"  chứng thư số cơ quan: {'a' * 64} → {'b' * 64}"]


def test_a_certificate_that_takes_another_role_is_gone_from_the_first() -> None:
    person = replace(SEAL, role=CertificateRole.PERSON, holder="Lan")
    told = _lines(OFFICE, replace(OFFICE, certificates=(person,)))
    assert told == [
        f"  chứng thư số cơ quan: {'a' * 64} → (không có)",
        f"  chứng thư số cá nhân: (không có) → {'a' * 64} (Lan)",
    ]


def test_what_a_new_agency_brings_and_one_that_goes_takes_is_shown() -> None:
    for told in (_lines(None, OFFICE), _lines(OFFICE, None)):
        assert any("cu@hungyen.gov.vn" in line for line in told)
        assert any("a" * 64 in line for line in told)
