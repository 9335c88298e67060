"""A picture is read within its time and memory, and one that is none costs nothing."""

import time
from pathlib import Path

from mailbridge.isolation import tesseract

WHITE = b"P5 300 100 255\n" + b"\xff" * 30_000


def program() -> str:
    found = tesseract.found()
    assert found is not None, "tests/packages.sh installs tesseract-ocr and tesseract-ocr-vie"
    return found


def test_its_vietnamese_model_is_found() -> None:
    assert tesseract.reads_vietnamese(program())
    assert not tesseract.reads_vietnamese("/bin/true")
    assert not tesseract.reads_vietnamese("/nowhere/tesseract")


def test_an_empty_picture_has_no_words(tmp_path: Path) -> None:
    picture = tmp_path / "page.pgm"
    picture.write_bytes(WHITE)
    told = tesseract.words_in(program(), picture, tmp_path / "out", 20, dpi=300, layout=3)
    assert told.startswith("level\t")


def test_what_is_no_picture_gives_nothing(tmp_path: Path) -> None:
    picture = tmp_path / "page.pgm"
    picture.write_bytes(b"P5 3000000 1000000 255\n")
    assert tesseract.words_in(program(), picture, tmp_path / "out", 20, dpi=300, layout=3) == ""


def test_its_time_ends(tmp_path: Path) -> None:
    start = time.monotonic()
    told = tesseract.words_in("/bin/sleep", tmp_path / "60", tmp_path / "out", 0.5, dpi=1, layout=3)
    assert told == ""
    assert time.monotonic() - start < 5
