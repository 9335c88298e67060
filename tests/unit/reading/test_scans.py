"""Scans among the files of a mail are read by the machine, and the reading says so."""

from datetime import date
from pathlib import Path

import pypdfium2

from mailbridge.demo.papers import Paper, pdf
from mailbridge.isolation import tesseract
from mailbridge.model.limits import Limits
from mailbridge.model.ocr import Ocr
from mailbridge.model.parcel import File
from mailbridge.model.reading import FieldName, Reading
from mailbridge.model.slot import Fingerprint
from mailbridge.reading.read import Source, read
from tests.papers.scanning import scanned

PAPER = Paper("15", "CV/VPTU", date(2026, 11, 20), "về việc thử máy đọc")


def _read(tmp_path: Path, octets: bytes, kind: str = "application/pdf", pages: int = 4) -> Reading:
    (tmp_path / "1").write_bytes(octets)
    file = File("1", "a.pdf", "a.pdf", len(octets), Fingerprint(""), kind, kind, stored="1")
    program = tesseract.found()
    assert program is not None
    ocr = Ocr(program, pages) if pages else None
    return read(Source((file,), str(tmp_path), (), "", None, Limits(), ocr))


def test_fields_of_a_scan_are_read_and_believed_less(tmp_path: Path) -> None:
    printed = _read(tmp_path, pdf(PAPER)).fields[FieldName.SYMBOL]
    reading = _read(tmp_path, scanned(pdf(PAPER), 3, level=0.2))
    symbol = reading.fields[FieldName.SYMBOL]
    assert (symbol.value, symbol.source) == ("15-CV/VPTU", "ocr:1")
    assert symbol.confidence < printed.confidence
    assert any("do máy đọc" in note for note in reading.notes)


def test_without_a_machine_a_scan_is_told_to_have_no_text(tmp_path: Path) -> None:
    reading = _read(tmp_path, scanned(pdf(PAPER), 3, level=0.2), pages=0)
    assert FieldName.SYMBOL not in reading.fields
    assert any("không có lớp chữ" in note for note in reading.notes)


def test_a_stamp_on_a_scan_empties_the_reading(tmp_path: Path) -> None:
    secret = Paper("16", "CV/VPTU", date(2026, 11, 20), "về việc thử", secrecy="MẬT")
    assert _read(tmp_path, scanned(pdf(secret), 4, level=0.5)) == Reading(secrecy="MẬT")


def test_a_picture_is_read_as_a_page(tmp_path: Path) -> None:
    document = pypdfium2.PdfDocument(pdf(PAPER))
    picture = tmp_path / "page.png"
    document[0].render(scale=300 / 72).to_pil().save(picture)
    document.close()
    octets = picture.read_bytes() + b"\0" * 40_000
    reading = _read(tmp_path, octets, "image/png")
    assert reading.fields[FieldName.SYMBOL].value == "15-CV/VPTU"
