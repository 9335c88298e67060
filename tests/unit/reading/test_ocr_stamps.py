"""A stamp that is a picture on a printed page is read, and other pictures are no marks."""

import io
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from mailbridge.isolation import tesseract
from mailbridge.model.ocr import Ocr
from mailbridge.reading.lines import opened_pdf
from mailbridge.reading.ocr import Machine
from mailbridge.reading.ocr_stamps import stamps_on
from mailbridge.reading.secrecy_search import in_pages, on_scan
from tests.secrecy_papers.cases import Put, head, sheet


def machine() -> Machine:
    program = tesseract.found()
    assert program is not None
    return Machine(Ocr(program), wall=60)


def picture(words: str) -> Image.Image:
    """Draw words in a frame, as a seal leaves them."""
    document = pypdfium2.PdfDocument(
        sheet([Put(297, 420, words, 28, centred=True, bold=True, framed=True)])
    )
    drawn: Image.Image = document[0].render(scale=200 / 72).to_pil().convert("RGB")
    document.close()
    middle = (drawn.width // 2, drawn.height // 2)
    return drawn.crop((middle[0] - 400, middle[1] - 80, middle[0] + 400, middle[1] + 60))


def page_with(image: Image.Image, tmp_path: Path) -> Path:
    spool = io.BytesIO()
    canvas = Canvas(spool, pagesize=A4, invariant=1)
    canvas.drawString(80, 780, "Van phong Tinh uy, kinh gui cac dong chi")
    canvas.drawImage(ImageReader(image), 80, 690, 130, 130 * image.height / image.width)
    canvas.save()
    path = tmp_path / "a.pdf"
    path.write_bytes(spool.getvalue())
    return path


def read(path: Path) -> list[str | None]:
    with opened_pdf(path) as pages:
        assert pages is not None
        return [on_scan(page) for page in stamps_on(path, pages.pictures.stamps, machine())]


@pytest.mark.parametrize("level", ["MẬT", "TỐI MẬT", "TUYỆT MẬT"])
def test_a_pasted_stamp_is_found(level: str, tmp_path: Path) -> None:
    path = page_with(picture(level), tmp_path)
    assert in_pages(path) is None, "the text does not know it"
    assert read(path) == [level]


@pytest.mark.parametrize("words", ["BẢO MẬT", "KHÔNG MẬT", "HỎA TỐC", "VĂN PHÒNG"])
def test_other_pictures_are_no_marks(words: str, tmp_path: Path) -> None:
    path = page_with(picture(words), tmp_path)
    assert read(path) == [None]


def test_a_page_without_pictures_costs_nothing(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(sheet(head("1")))
    assert read(path) == []


def test_what_is_no_pdf_has_no_stamps(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(b"%PDF-1.7 and nothing else")
    assert stamps_on(path, ((0.0, 0.0, 100.0, 100.0),), machine()) == []
