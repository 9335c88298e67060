"""Heads as they are written in the wild."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailbridge.model.reading import FieldName, Urgency
from mailbridge.reading.fields import of_pages, urgency_of
from mailbridge.reading.lines import Pages, of_text


def read(text: str) -> dict[FieldName, str]:
    page = of_text(text)
    return {name: f.value for name, f in of_pages(Pages(page, page, has_text=True), "x").items()}


@pytest.mark.parametrize(
    ("line", "symbol"),
    [
        ("Số 337-QĐ/TW", "337-QĐ/TW"),
        ("Số: 09-QC/TW", "09-QC/TW"),
        ("Số 15 - NQ/TU", "15-NQ/TU"),
        ("Số 12-BC/BTGTU", "12-BC/BTGTU"),
        ("Số 14514-CV/VPTW", "14514-CV/VPTW"),
        ("Số 01-CTr/ĐU", "01-CTr/ĐU"),
        ("Số 03-HD/BTGDVTU", "03-HD/BTGDVTU"),
        ("Số 152–BC/ĐU", "152-BC/ĐU"),
        ("Số: 12/QĐ-UBND", "12/QĐ-UBND"),
        ("Số: 15/BNV-VP", "15/BNV-VP"),
        ("Số: 30/2020/NĐ-CP", "30/2020/NĐ-CP"),
        ("Số: 24/KH-BTGTU", "24/KH-BTGTU"),
        ("Căn cứ Quy định số 217-QĐ/TW, ngày 02/01/2020", None),
        ("theo Quyết định số 5/QĐ-UBND", None),
        ("Số lượng: 5", None),
    ],
)
def test_number_and_notation_are_read(line: str, symbol: str | None) -> None:
    assert read(f"VĂN PHÒNG\n{line}\nKính gửi").get(FieldName.SYMBOL) == symbol


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("Hưng Yên, ngày 05 tháng 01 năm 2026", "2026-01-05"),
        ("Hưng Yên ngày 5 tháng 1 năm 2026", "2026-01-05"),
        ("Hà Nội, ngày 31 tháng 02 năm 2026", None),
        ("Hà Nội, ngày tháng năm 2026", None),
    ],
)
def test_the_date_of_issue_is_read(line: str, day: str | None) -> None:
    assert read(f"Số 5-CV/TU\n{line}").get(FieldName.DATE) == day


def test_the_printed_title_decides_the_type() -> None:
    found = read("Số 5-QĐ/TU\nQUY ĐỊNH\nvề gửi, nhận văn bản điện tử\n-----\nĐiều 1. Phạm vi")
    assert found[FieldName.TYPE] == "Quy định"
    assert found[FieldName.SUMMARY] == "về gửi, nhận văn bản điện tử"


def test_without_a_title_it_is_a_cong_van() -> None:
    found = read("Số 5-CV/TU\nV/v rà soát hộp thư\ncông vụ\nKính gửi: Đảng ủy")
    assert found[FieldName.TYPE] == "Công văn"
    assert found[FieldName.SUMMARY] == "rà soát hộp thư công vụ"


def test_the_signer_follows_the_prefix() -> None:
    found = read("T/M BAN THƯỜNG VỤ\nPHÓ BÍ THƯ\nNguyễn Văn An\nNơi nhận:")
    assert (found[FieldName.SIGNER], found[FieldName.POSITION]) == ("Nguyễn Văn An", "PHÓ BÍ THƯ")


@pytest.mark.parametrize(
    ("line", "urgency"),
    [
        ("KHẨN", Urgency.URGENT),
        ("THƯỢNG KHẨN", Urgency.VERY_URGENT),
        ("HOẢ TỐC", Urgency.EXPRESS),
        ("HỎA TỐC", Urgency.EXPRESS),
        ("Đề nghị khẩn trương", Urgency.NORMAL),
    ],
)
def test_a_stamp_of_urgency_is_a_line_of_its_own(line: str, urgency: Urgency) -> None:
    page = of_text(f"Số 5-CV/TU\n{line}\nKính gửi")
    assert urgency_of(Pages(page, page, has_text=True)) is urgency


@given(st.text(alphabet="Số5-CV/ĐU .…_năm", max_size=400))
def test_no_line_makes_the_patterns_slow_or_fail(text: str) -> None:
    read(text)
