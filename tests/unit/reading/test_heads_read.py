"""Heads of papers: two columns, whatever the blanks between them."""

from datetime import date

from mailbridge.reading.heads import head_of
from tests.unit.reading.placed import page

PARTY = (
    (110.0, 780.0, "TỈNH ỦY"), (330.0, 780.0, "ĐẢNG CỘNG SẢN VIỆT NAM"),
    (100.0, 764.0, "VĂN PHÒNG"), (130.0, 748.0, "*"),
    (100.0, 732.0, "Số 5-CV/VPTU"), (310.0, 732.0, "Hưng Yên, ngày 05 tháng 01 năm 2026"),
    (90.0, 650.0, "Kính gửi: Các cơ quan"),
)  # fmt: skip


def test_number_and_day_are_read_from_their_columns() -> None:
    head = head_of(page(*PARTY))
    assert head.family == "party"
    assert head.symbol
    assert head.symbol.text == "5-CV/VPTU"
    assert head.day
    assert (head.day.place, head.day.day) == ("Hưng Yên", date(2026, 1, 5))
    assert head.is_one


def test_columns_that_almost_touch_are_split_where_the_motto_begins() -> None:
    near = ((200.0, 780.0, "UBND TỈNH"), (262.0, 780.0, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"))
    head = head_of(page(*near, (180.0, 764.0, "Số: 5/UBND-VP")))
    assert head.family == "state"
    assert [piece.text for piece in head.left] == ["UBND TỈNH", "Số: 5/UBND-VP"]


def test_a_long_symbol_or_day_goes_on_in_the_next_line() -> None:
    broken = (
        (330.0, 780.0, "ĐẢNG CỘNG SẢN VIỆT NAM"), (100.0, 732.0, "Số 5/SXD-"),
        (100.0, 716.0, "QLĐT"), (330.0, 732.0, "Thành phố Hồ Chí Minh,"),
        (330.0, 716.0, "ngày 05 tháng 01 năm 2026"),
    )  # fmt: skip
    head = head_of(page(*broken))
    assert head.symbol
    assert head.symbol.text == "5/SXD-QLĐT"
    assert head.day
    assert head.day.place == "Thành phố Hồ Chí Minh"


def test_citations_in_the_text_are_no_number() -> None:
    text = ((90.0, 700.0, "Số 217-QĐ/TW, ngày 02/01/2020 là căn cứ của các cơ quan và đơn vị này"),)
    head = head_of(page((90.0, 760.0, "Căn cứ Quy định"), *text))
    assert head.symbol is None
    assert not head.is_one
