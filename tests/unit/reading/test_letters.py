"""Letters of PDFs gathered into words."""

import io

import pypdfium2
from reportlab.pdfgen.canvas import Canvas

from mailbridge.reading.letters import Turning, words_of


def read(*lines: tuple[float, float, str], size: float = 12, turned: int = 0) -> list[str]:
    spool = io.BytesIO()
    canvas = Canvas(spool, pagesize=(595, 842))
    canvas.setPageRotation(turned)
    canvas.setFont("Times-Roman", size)
    for x, y, text in lines:
        canvas.drawString(x, y, text)
    canvas.save()
    document = pypdfium2.PdfDocument(spool.getvalue())
    try:
        page = document[0]
        return [word.text for word in words_of(page.get_textpage(), Turning(page), set())]
    finally:
        document.close()


def test_words_end_at_blanks_and_at_distances() -> None:
    assert read((50, 700, "So 5-CV/TU"), (300, 700, "Ha Noi")) == ["So", "5-CV/TU", "Ha", "Noi"]


def test_letters_that_nobody_can_see_are_not_read() -> None:
    assert read((50, 700, "invisible"), size=1) == []


def test_a_page_of_a_million_letters_is_cut() -> None:
    assert sum(map(len, read(*((50, 700, "a" * 1_000) for _ in range(40))))) <= 12_000
