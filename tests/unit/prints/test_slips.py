"""Slips name their document, leave room for the pen, and carry key and digest."""

import io

import pypdfium2

from mailbridge.prints.slips import code, cover_slip, handling_slip
from tests.unit.prints.slip_samples import DIGEST, slip


def _pages(octets: bytes) -> list[str]:
    with pypdfium2.PdfDocument(io.BytesIO(octets)) as opened:
        return [" ".join(page.get_textpage().get_text_bounded().split()) for page in opened]


def test_the_handling_slip_has_the_parts_of_the_decree_on_one_page() -> None:
    (shown,) = _pages(handling_slip(slip()))
    for words in (
        "PHIẾU GIẢI QUYẾT VĂN BẢN ĐẾN", "431/2026", "12-CV/VPTU", "23/11/2026", "Công văn",
        "Văn phòng Tỉnh ủy Ví Dụ", "1. Ý kiến của lãnh đạo cơ quan, tổ chức",
        "2. Ý kiến của lãnh đạo đơn vị", "3. Ý kiến đề xuất của người giải quyết",
        "chủ trì", "phối hợp", "Thời hạn", "KHẨN",
    ):  # fmt: skip
        assert words in shown


def test_an_opinion_of_the_register_is_printed_with_who_and_when() -> None:
    (shown,) = _pages(handling_slip(slip(opinion="Tham mưu trước thứ Sáu")))
    said = "24/11/2026, Chánh văn phòng: Tham mưu trước thứ Sáu (giao Ban Xây dựng Đảng)"
    assert said in shown


def test_the_cover_carries_key_and_digest_in_words_and_in_its_code() -> None:
    (shown,) = _pages(cover_slip(slip()))
    assert "DEMO.01,2026/11/23,12-CV/VPTU" in shown
    assert DIGEST in shown.replace(" ", "")
    assert code(slip()) == f"mailbridge:1\nDEMO.01,2026/11/23,12-CV/VPTU\nsha256:{DIGEST}"


def test_hostile_words_are_words() -> None:
    shown = " ".join(_pages(handling_slip(slip("<font size=99>x</font> " + "W" * 900))))
    assert "<font size=99>" in shown
