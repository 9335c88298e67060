"""Names in certificates are written in many ways, and another name is still another name."""

import unicodedata

import pytest

from mailbridge.model.directory import CertificateRole
from mailbridge.model.evidence import Coverage, Evidence, Integrity, Seal, Signer, Trust
from mailbridge.model.parcel import SealForm
from mailbridge.model.reading import Field, FieldName, Reading
from mailbridge.rules.signers import differing, same_person

READ = "Nguyễn Thị Hoà"


@pytest.mark.parametrize(
    "certified",
    [
        "Nguyễn Thị Hoà",
        "Nguyễn Thị Hòa",
        "NGUYỄN  THỊ HOÀ",
        unicodedata.normalize("NFD", "Nguyễn Thị Hoà"),
        "Đ/c Nguyễn Thị Hoà",
        "PGS.TS. Nguyễn Thị Hoà",
        "Bà Nguyễn Thị Hoà (Văn phòng)",
        "Nguyễn Thị Hoà - Văn phòng Tỉnh ủy",
        "Nguyễn Thị Hoà, hoa@hungyen.gov.vn",
        "Nguyen Thi Hoa",
    ],
)
def test_spellings_of_one_name_are_one_person(certified: str) -> None:
    assert same_person(certified, READ)


@pytest.mark.parametrize(
    "certified", ["Nguyễn Thị Hóa", "Nguyễn Thị Hoa", "Nguyễn Hoà", "Trần Thị Hoà", "", "(x)"]
)
def test_another_name_is_another_person(certified: str) -> None:
    assert not same_person(certified, READ)


def _evidence(*names: str, role: CertificateRole = CertificateRole.PERSON) -> Evidence:
    seals = tuple(
        Seal(
            SealForm.PADES,
            "2",
            Integrity.INTACT,
            Coverage.WHOLE,
            Trust.TRUSTED,
            signer=Signer(name),
            role=role,
            covers=("2",),
        )
        for name in names
    )
    return Evidence(None, seals=seals, file_roles={"2": (role,)})


def _reading(signer: str | None) -> Reading:
    return Reading({FieldName.SIGNER: Field(signer, "pdf", 1.0)} if signer else {})


def test_a_person_that_the_document_does_not_name_is_told() -> None:
    assert differing(_evidence("Trần Văn B"), _reading(READ)) == (("2", "Trần Văn B"),)


def test_who_countersigns_beside_the_signer_is_not_told() -> None:
    assert differing(_evidence("Trần Văn B", READ), _reading(READ)) == ()


def test_an_agencys_seal_bears_no_persons_name_and_an_unread_signer_is_nobody() -> None:
    assert differing(_evidence("VĂN PHÒNG", role=CertificateRole.SEAL), _reading(READ)) == ()
    assert differing(_evidence("Trần Văn B"), _reading(None)) == ()
