"""A directory file is read whole, or a sentence says what to mend where."""

import json
import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailbridge.model.directory import (
    Agency,
    AgencyKind,
    CertificateRole,
    Directory,
    EnrolledCertificate,
)
from mailbridge.registry import directory_file
from mailbridge.registry.directory_file import DirectoryFileError, read

ROOT = Path(__file__).parents[3]
SCHEMA = json.loads((ROOT / "docs" / "agencies.schema.json").read_text(encoding="utf-8"))
EXAMPLE = ROOT / "config" / "agencies.example.toml"

WHOLE = f"""
[[agency]]
code = "DEMO.01"
name = "Văn phòng Tỉnh ủy Ví Dụ"
symbol = "VPTU"
kind = "party"
parent = "DEMO"
mailboxes = ["VPTU@hungyen.gov.vn"]
has_party_wan = true
valid_from = 2026-01-01
valid_to = 2030-12-31
successor = "DEMO.09"
openpgp = ["{"A" * 40}"]
[[agency.certificate]]
fingerprint = "{":".join(["AB"] * 32)}"
role = "seal"
holder = "Con dấu"
since = 2026-02-01
[[agency]]
code = "DEMO.02"
name = "Đảng ủy phường Ví Dụ"
"""


def _file(folder: Path, text: str) -> Path:
    path = folder / "danh-ba.toml"
    path.write_text(text, encoding="utf-8")
    return path


def _as_json(value: Any) -> Any:
    return json.loads(json.dumps(value, default=str))


def test_every_key_reaches_the_directory(tmp_path: Path) -> None:
    certificate = EnrolledCertificate("ab" * 32, CertificateRole.SEAL, "Con dấu", date(2026, 2, 1))
    assert read(_file(tmp_path, WHOLE)) == Directory(
        (
            Agency(
                "DEMO.01",
                "Văn phòng Tỉnh ủy Ví Dụ",
                "VPTU",
                AgencyKind.PARTY,
                "DEMO",
                ("vptu@hungyen.gov.vn",),
                has_party_wan=True,
                valid_from=date(2026, 1, 1),
                valid_to=date(2030, 12, 31),
                successor="DEMO.09",
                certificates=(certificate,),
                openpgp=("A" * 40,),
            ),
            Agency("DEMO.02", "Đảng ủy phường Ví Dụ"),
        )
    )


_ONE_MAILBOX_OF_TWO = """
[[agency]]
code = "A"
name = "A"
mailboxes = ["x@y"]
[[agency]]
code = "B"
name = "B"
mailboxes = ["X@y"]
"""


@pytest.mark.parametrize(
    ("written", "place", "cure"),
    [
        ("agency = 5", "agency", "[[agency]]"),
        ("agency = [5]", "agency[0]", "bảng"),
        ("[agency]\ncode = 'A'", "agency", "[[agency]]"),
        ("[[agencies]]\ncode = 'A'", "agencies", "'agency'"),
        ("[[agency]]\nname = 'A'", "agency[0].code", "thiếu"),
        ("[[agency]]\ncode = 'A'\nname = ''", "agency[0].name", "thiếu"),
        ("[[agency]]\ncode = 1\nname = 'A'", "agency[0].code", "ngoặc kép"),
        ("[[agency]]\ncode='A'\nname='A'\nmailbox=['a@b']", "agency[0].mailbox", "'mailboxes'"),
        ("[[agency]]\ncode='A'\nname='A'\nmailboxes='a@b'", "agency[0].mailboxes", "danh sách"),
        ("[[agency]]\ncode='A'\nname='A'\nhas_party_wan='no'", ".has_party_wan", "true hoặc false"),
        ("[[agency]]\ncode='A'\nname='A'\nkind='paty'", "agency[0].kind", "party, state"),
        ("[[agency]]\ncode='A'\nname='A'\nvalid_to='2026-01-01'", ".valid_to", "2026-11-24"),
        ("[[agency]]\ncode='A'\nname='A'\nvalid_to=2026-01-01T00:00:00", ".valid_to", "ngày"),
        ("[[agency]]\ncode='A'\nname='A'\ncertificate=1", ".certificate", "[[agency.certificate]]"),
        ("[[agency]]\ncode='A'\nname='A'\n[agency.certificate]\nrole='seal'", ".certificate", "[["),
        ("[[agency]]\ncode='A'\nname='A'\n[[agency.certificate]]\nrole='seal'", "[0]", "cần có"),
        (
            "[[agency]]\ncode='A'\nname='A'\n[[agency.certificate]]\nfingerprint='ab'\nrole='seal'",
            "certificate[0].fingerprint",
            "64 chữ số",
        ),
        ("[[agency]]\ncode='A'\nname='A'\n[[agency]]\ncode='a'\nname='B'", "a", "chỉ để một nơi"),
        ("[[agency]]\ncode='A'\nname='A'\nsuccessor='a'", "a → a", "đi vòng"),
        (
            "[[agency]]\ncode='A'\nname='A'\nsuccessor='B'\n[[agency]]\ncode='B'\nname='B'\nsuccessor='A'",
            "agency.successor",
            "đi vòng",
        ),
        (
            _ONE_MAILBOX_OF_TWO,
            "x@y",
            "A và B",
        ),
        ("[[agency", "TOML", "TOML"),
    ],
)
def test_a_fault_is_told_with_file_place_and_cure(
    tmp_path: Path, written: str, place: str, cure: str
) -> None:
    with pytest.raises(DirectoryFileError) as told:
        read(_file(tmp_path, written))
    sentence = str(told.value)
    assert sentence.startswith(str(tmp_path / "danh-ba.toml"))
    assert place in sentence
    assert cure in sentence


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(DirectoryFileError, match="không đọc được"):
        read(tmp_path / "none.toml")


def test_schema_and_reader_know_the_same_keys() -> None:
    definitions = SCHEMA["$defs"]
    assert set(definitions["agency"]["properties"]) == {*directory_file._AGENCY, "certificate"}
    assert set(definitions["certificate"]["properties"]) == set(directory_file._CERTIFICATE)
    assert set(definitions["agency"]["properties"]["kind"]["enum"]) == set(AgencyKind)
    assert set(definitions["certificate"]["properties"]["role"]["enum"]) == set(CertificateRole)


def test_schema_takes_what_the_reader_takes() -> None:
    jsonschema.validate(_as_json(tomllib.loads(WHOLE)), SCHEMA)


def test_the_example_is_read_and_fits_the_schema() -> None:
    assert read(EXAMPLE).agencies
    jsonschema.validate(_as_json(tomllib.loads(EXAMPLE.read_text(encoding="utf-8"))), SCHEMA)


_VALUES = st.one_of(
    st.text(max_size=5), st.integers(), st.booleans(), st.dates(), st.lists(st.text(max_size=3))
)
_KEYS = st.sampled_from([*directory_file._AGENCY, *directory_file._CERTIFICATE, "x"])


@given(
    entry=st.dictionaries(_KEYS, _VALUES),
    certificate=st.one_of(_VALUES, st.lists(st.one_of(_VALUES, st.dictionaries(_KEYS, _VALUES)))),
)
def test_any_entry_is_an_agency_or_a_sentence(entry: dict[str, Any], certificate: object) -> None:
    whole = {"code": "A", "name": "B", **entry, "certificate": certificate}
    try:
        agency = directory_file._agency(Path("f"), 0, whole)
    except DirectoryFileError:
        return
    assert agency.code
