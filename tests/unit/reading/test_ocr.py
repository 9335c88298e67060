"""A scan is read at its ends alone, within pages and time, and its stamps are found."""

from datetime import date
from pathlib import Path

import pytest
from pypdfium2 import PdfDocument

from mailbridge.demo.papers import Paper, pdf
from mailbridge.isolation import tesseract
from mailbridge.model.ocr import Ocr
from mailbridge.reading import ocr
from mailbridge.reading.lines import Pages, opened_pdf
from mailbridge.reading.pictures import Pictures
from mailbridge.reading.secrecy_search import on_scan
from tests.papers.scanning import scanned


def machine(pages: int = 4) -> ocr.Machine:
    program = tesseract.found()
    assert program is not None
    return ocr.Machine(Ocr(program, pages), wall=120)


@pytest.fixture(scope="module")
def scan(tmp_path_factory: pytest.TempPathFactory) -> Path:
    paper = Paper("12", "CV/VPTU", date(2026, 11, 20), "về việc thử máy đọc", pages=3)
    path = tmp_path_factory.mktemp("scan") / "scan.pdf"
    path.write_bytes(scanned(pdf(paper), 1, level=0.3))
    return path


def test_the_number_is_read_from_a_scan(scan: Path) -> None:
    pages = Pages(ocr.Scan(scan, machine(), 3))
    assert any("12-CV/VPTU" in line for line in pages.first.lines)


def test_only_the_ends_are_read_and_each_once(scan: Path) -> None:
    reader = machine()
    pages = Pages(ocr.Scan(scan, reader, 3))
    assert pages.page(1) is None
    assert pages.last.number == pages.last.number == 2
    assert reader.pages == 2


def test_a_mail_has_no_more_pages_than_the_settings_say(scan: Path) -> None:
    reader = machine(pages=1)
    pages = Pages(ocr.Scan(scan, reader, 3))
    assert reader.is_spent
    assert pages.page(2) is not None
    assert pages.page(2).rows == ()  # type: ignore[union-attr]


def test_a_scan_is_told_from_a_printed_page(scan: Path, tmp_path: Path) -> None:
    printed = tmp_path / "printed.pdf"
    printed.write_bytes(pdf(Paper("1", "CV/VPTU", date(2026, 11, 20), "thử")))
    assert [_pictures(path).is_scan for path in (scan, printed)] == [True, False]


def _pictures(path: Path) -> Pictures:
    with opened_pdf(path) as pages:
        return pages.pictures if pages else Pictures()


def test_a_page_as_large_as_a_house_is_drawn_small(tmp_path: Path) -> None:
    document = PdfDocument.new()
    page = document.new_page(14_000, 14_000)
    picture, scale = ocr.picture(page, tmp_path)
    assert picture.stat().st_size < ocr.PIXELS * 1.1
    assert scale < 1
    document.close()


@pytest.mark.parametrize("level", [0.0, 1.0])
def test_a_stamp_on_a_scan_is_found(level: float, tmp_path: Path) -> None:
    paper = Paper("13", "CV/VPTU", date(2026, 11, 20), "về việc thử", secrecy="TỐI MẬT")
    path = tmp_path / "scan.pdf"
    path.write_bytes(scanned(pdf(paper), 2, level=level))
    page = ocr.Scan(path, machine(), 1).page(0)
    assert page is not None
    assert on_scan(page) == "TỐI MẬT"
