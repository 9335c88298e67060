"""Superior and issuing body as heads print them."""

import pytest

from mailbridge.reading.agencies import printed
from tests.unit.reading.placed import page


def read(*lines: str, bold: tuple[str, ...] = ()) -> tuple[str, str | None, float] | None:
    made = page(*((90.0, 780.0 - 16 * at, line) for at, line in enumerate(lines)), bold=bold)
    found = printed(made.rows)
    return (found.issuer, found.superior, found.confidence) if found else None


def test_the_bold_lines_are_the_issuing_body() -> None:
    names = ("ĐẢNG ỦY VĂN PHÒNG", "TỈNH ỦY", "CHI BỘ TỔNG HỢP")
    assert read(*names, bold=names[2:]) == ("CHI BỘ TỔNG HỢP", "ĐẢNG ỦY VĂN PHÒNG TỈNH ỦY", 0.9)


@pytest.mark.parametrize(
    ("lines", "issuer", "superior"),
    [
        (("TỈNH ỦY HƯNG YÊN", "VĂN PHÒNG", "*"), "VĂN PHÒNG", "TỈNH ỦY HƯNG YÊN"),
        (("BAN CHẤP HÀNH TRUNG", "ƯƠNG", "*"), "BAN CHẤP HÀNH TRUNG ƯƠNG", None),
        (("UBND TỈNH", "SỞ NỘI VỤ", "Số: 5/SNV-VP"), "SỞ NỘI VỤ", "UBND TỈNH"),
        (("BỘ NỘI VỤ", "V/v rà soát"), "BỘ NỘI VỤ", None),
    ],
)
def test_without_weights_the_words_tell(
    lines: tuple[str, ...], issuer: str, superior: str | None
) -> None:
    found = read(*lines)
    assert found
    assert found[:2] == (issuer, superior)
    assert found[2] < 0.9


def test_names_of_several_lines_without_weights_are_not_given_as_sure() -> None:
    found = read("ĐẢNG BỘ TỈNH", "ĐẢNG ỦY CÁC CƠ QUAN", "ĐẢNG TỈNH")
    assert found
    assert found[2] < 0.8


def test_a_motto_is_no_agency() -> None:
    assert read("ĐẢNG CỘNG SẢN VIỆT NAM") is None
    assert read("Kính gửi: Văn phòng") is None
