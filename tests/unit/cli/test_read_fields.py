"""Every field has the clerk's word for it, and says where it was read."""

from dataclasses import replace

from mailbridge.cli.read_fields import FIELDS, day, field_name, rows, source
from mailbridge.model.parcel import File
from mailbridge.model.reading import Field, FieldName, Reading
from mailbridge.model.slot import Fingerprint
from tests.unit.letters.sample import DOCUMENT

FILE = File("2", "cong van.pdf", "", 1, Fingerprint("0" * 64), "application/pdf", "")


def test_every_field_has_a_name_in_the_clerks_language() -> None:
    assert set(FIELDS) == set(FieldName)
    assert len(set(FIELDS.values())) == len(FIELDS)
    assert not any(words.isascii() and words.islower() for words in FIELDS.values())


def test_a_source_names_the_file_and_not_its_path() -> None:
    document = replace(DOCUMENT, files=(FILE,))
    assert source(document, Field("x", "pdf:2", 0.9)) == "tệp PDF cong van.pdf"
    assert source(document, Field("x", "subject", 0.9)) == "tiêu đề thư"
    assert source(document, Field("x", "newer", 0.9)) == "newer"


def test_fields_come_in_the_order_of_the_regulation_with_days_as_people_write_them() -> None:
    fields = {
        FieldName.DATE: Field("2026-11-20", "edxml", 0.9, ("2026-11-21 (pdf:2)",)),
        FieldName.SYMBOL: Field("1-CV/TU", "pdf:2", 0.95, confirmed_by="An"),
    }
    shown = rows(replace(DOCUMENT, reading=Reading(fields)))
    assert shown == [
        ("Số và ký hiệu", "1-CV/TU", "An xác nhận", "", ""),
        ("Ngày ban hành", "20/11/2026", "gói edXML", "90%", "2026-11-21 (pdf:2)"),
    ]


def test_what_is_no_date_is_shown_as_it_is() -> None:
    assert (day("2026-02-30"), day(None), day("2026-02-03")) == ("2026-02-30", "", "03/02/2026")


def test_what_is_no_field_is_named_too_or_stays_as_it_is() -> None:
    assert (field_name("summary"), field_name("void")) == ("Trích yếu", "Hủy số")
    assert field_name("newer") == "newer"
