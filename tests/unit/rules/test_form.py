"""Kind, authority and form: soft findings, and none about what was not read."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailbridge.model.codes import Code
from mailbridge.model.directory import Agency
from mailbridge.model.reading import Reading
from mailbridge.rules.form import ABBREVIATIONS, Authority, abbreviation_in, remarks
from tests.unit.rules.read import reading

DAY = date(2026, 11, 24)
OFFICE = Agency("DEMO.01.01", "Văn phòng Tỉnh ủy", symbol="VPTU")
CELL = Authority("Chi bộ", ("Quy định", "Hướng dẫn"), "399-QĐ/TW")


def codes(found: Reading, agency: Agency | None = OFFICE) -> list[Code]:
    return [code for code, _ in remarks(found, agency, DAY, (CELL,))]


def test_a_good_document_has_no_remarks() -> None:
    assert codes(reading()) == []


def test_a_mail_without_a_head_is_no_document_to_judge() -> None:
    assert codes(reading(symbol="", type="", date="")) == []


def test_a_document_whose_number_was_not_read_is_told() -> None:
    ((code, what),) = remarks(reading(symbol=""), OFFICE, DAY)
    assert (code, what) == (Code.FORM_UNREAD, "số, ký hiệu")


def test_an_addressee_stands_for_a_list_of_recipients() -> None:
    assert codes(reading(recipients="")) == [Code.FORM_UNREAD]
    assert codes(reading(recipients="", addressees="Tỉnh ủy")) == []


@pytest.mark.parametrize("day", ["2026-13-01", "hôm qua", "31/12/2030"])
def test_a_date_that_is_none_is_not_called_wrong(day: str) -> None:
    assert codes(reading(date=day)) == []


@pytest.mark.parametrize(
    ("symbol", "printed"),
    [
        ("12-QĐ/TU", "Quyết định"),
        ("12-QĐ/TU", "Quy định"),
        ("30/QĐ-UBND", "Quyết định"),
        ("24/KH-BTGTU", "Kế hoạch"),
        ("15/BNV-VP", "Công văn"),
        ("7-CTr/ĐU", "CHƯƠNG TRÌNH"),
        ("7-CTr/TU", "Chương trình hành động"),
    ],
)
def test_a_title_that_its_symbol_allows_is_good(symbol: str, printed: str) -> None:
    assert Code.FORM_KIND_DIFFERS not in codes(reading(symbol=symbol, type=printed))


@pytest.mark.parametrize(
    ("symbol", "printed"),
    [("12-QĐ/TU", "Kế hoạch"), ("30/KH-UBND", "Quyết định"), ("1-KL/TU", "Kết luậnX")],
)
def test_a_title_that_its_symbol_contradicts_is_told(symbol: str, printed: str) -> None:
    assert Code.FORM_KIND_DIFFERS in codes(reading(symbol=symbol, type=printed))


@given(st.integers(1, 99999), st.sampled_from(sorted(ABBREVIATIONS)), st.sampled_from("-/"))
def test_an_abbreviation_is_found_in_every_form_of_a_symbol(n: int, word: str, joint: str) -> None:
    symbol = f"{n}-{word}/VPTU" if joint == "-" else f"{n}/{word}-UBND"
    assert abbreviation_in(symbol) == word


@given(st.text(max_size=60))
def test_any_symbol_is_looked_at(symbol: str) -> None:
    found = abbreviation_in(symbol)
    assert found is None or found in ABBREVIATIONS


def test_a_cell_that_issues_a_guideline_is_told_with_its_source() -> None:
    ((code, what),) = remarks(
        reading(symbol="3-HD/CB", type="Hướng dẫn", issuer="CHI BỘ THÔN MỘT"), None, DAY, (CELL,)
    )
    assert code is Code.FORM_AUTHORITY
    assert "399-QĐ/TW" in what


def test_a_body_may_lack_the_authority_of_its_whole() -> None:
    rule = Authority("Đảng ủy cơ sở", ("Quy chế",), "399-QĐ/TW", acting="Ban Thường vụ")
    statute = {"symbol": "3-QC/ĐU", "type": "Quy chế", "issuer": "ĐẢNG ỦY CƠ SỞ X"}
    for competence, told in (("T/M BAN THƯỜNG VỤ", True), ("T/M BAN CHẤP HÀNH", False)):
        found = remarks(reading(**statute, competence=competence), None, DAY, (rule,))
        assert bool(found) is told


def test_a_date_after_its_arrival_is_told() -> None:
    assert codes(reading(date="2026-11-25")) == [Code.FORM_DATE_AHEAD]
    assert codes(reading(date="2026-11-24")) == []


@pytest.mark.parametrize(
    ("issuer", "symbol", "told"),
    [
        ("VĂN PHÒNG TỈNH ỦY", "12-CV/X", False),
        ("TỈNH ỦY VÍ DỤ", "12-CV/VPTU", False),
        ("SỞ TÀI CHÍNH", "12/STC-VP", True),
    ],
)
def test_an_issuer_who_is_not_the_sender_is_told(issuer: str, symbol: str, told: bool) -> None:
    assert (Code.FORM_ISSUER_DIFFERS in codes(reading(issuer=issuer, symbol=symbol))) is told


def test_what_was_not_read_is_named_once() -> None:
    ((code, what),) = remarks(reading(signer="", date=""), OFFICE, DAY)
    assert (code, what) == (Code.FORM_UNREAD, "ngày ban hành, người ký")
