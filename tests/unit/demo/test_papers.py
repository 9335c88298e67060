"""Printed papers can be read again, with every Vietnamese letter."""

import unicodedata
from datetime import date
from itertools import product

import pypdfium2
import pytest
from reportlab.pdfbase import pdfmetrics

from mailbridge.demo.pages import ready_fonts
from mailbridge.demo.papers import Family, Paper, pdf

VOWELS, TONES = "aăâeêioôơuưy", ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
LOWER = {unicodedata.normalize("NFC", "".join(pair)) for pair in product(VOWELS, TONES)} | {"đ"}
LETTERS = LOWER | {letter.upper() for letter in LOWER}
PAPER = Paper(
    "123",
    "CV/VPTU",
    date(2026, 11, 4),
    "gửi, nhận văn bản điện tử",
    addressees=("Đảng ủy phường Ví Dụ",),
    prefix="K/T CHÁNH VĂN PHÒNG",
    urgency="HOẢ TỐC",
    secrecy="MẬT",
)


def _text(octets: bytes) -> str:
    document = pypdfium2.PdfDocument(octets)
    texts = [page.get_textpage().get_text_bounded() for page in document]
    document.close()
    return unicodedata.normalize("NFC", "\n".join(texts)).replace("\r\n", "\n")


@pytest.mark.parametrize("face", ready_fonts())
def test_the_face_has_every_vietnamese_letter(face: str) -> None:
    glyphs = pdfmetrics.getFont(face).face.charToGlyph
    assert len(LETTERS) == 146
    assert [letter for letter in LETTERS if ord(letter) not in glyphs] == []


def test_a_letter_of_the_party_prints_its_boxes() -> None:
    text = _text(pdf(PAPER))
    for words in (
        "ĐẢNG CỘNG SẢN VIỆT NAM",
        "Số 123-CV/VPTU",
        "Hưng Yên, ngày 04 tháng 11 năm 2026",
        "V/v gửi, nhận văn bản điện tử",
        "Kính gửi: Đảng ủy phường Ví Dụ",
        "K/T CHÁNH VĂN PHÒNG",
    ):
        assert words in text
    assert {"MẬT", "HOẢ TỐC"} <= set(text.split("\n"))


def test_a_decision_of_the_state_prints_its_boxes() -> None:
    state = Paper(
        "45", "QĐ-UBND", date(2026, 1, 2), "ban hành Quy chế", Family.STATE, type_name="QUYẾT ĐỊNH"
    )
    text = _text(pdf(state))
    for words in ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Số: 45/QĐ-UBND", "QUYẾT ĐỊNH"):
        assert words in text
    assert "V/v" not in text


@pytest.mark.parametrize("size", [50_000, 3_000_000])
def test_a_paper_has_the_size_asked_for(size: int) -> None:
    octets = pdf(PAPER, size)
    assert size <= len(octets) < size + 1000
    assert "Số 123-CV/VPTU" in _text(octets)


def test_pages_are_as_many_as_asked_for() -> None:
    many = Paper("1", "CV/ĐU", date(2026, 1, 2), "thử", pages=3, body=("Rất dài. " * 900,))
    assert len(pypdfium2.PdfDocument(pdf(PAPER))) == 1
    assert len(pypdfium2.PdfDocument(pdf(many))) >= 3


def test_the_same_paper_is_the_same_octets() -> None:
    assert pdf(PAPER) == pdf(PAPER)
