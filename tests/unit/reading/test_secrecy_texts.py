"""Texts that are no PDF give their lines."""

import time
from pathlib import Path

import pytest

from mailbridge.reading.secrecy_texts import of_file, of_markup, of_text
from tests.secrecy_papers.cases import docx


@pytest.mark.parametrize(
    ("source", "line"),
    [
        ("<p>Số 5</p><p><b>M</b>ẬT</p>", "MẬT"),
        ("<td>Độ mật</td><td>T&#7889;i mật</td>", "Tối mật"),
        ("a<br>MẬT<br/>b", "MẬT"),
        ("<w:p><w:r><w:t>TỐI </w:t></w:r><w:r><w:t>MẬT</w:t></w:r></w:p>", "TỐI MẬT"),
    ],
)
def test_tags_go_and_paragraphs_end_lines(source: str, line: str) -> None:
    assert line in of_markup(source)


def test_text_of_a_word_box_and_header_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    path.write_bytes(docx("Kính gửi", header="MẬT", box="TỐI MẬT"))
    lines = [line for each in of_file(path, "application/zip") for line in each]
    assert {"MẬT", "TỐI MẬT"} <= set(lines)


@pytest.mark.parametrize(
    ("octets", "kind"),
    [
        (b"\xd0\xcf\x11\xe0" + b"\0" * 508 + "Số 5\rMẬT\rKính".encode("utf-16-le"), "x"),
        (rb"{\rtf1 So 5\par M\u7852?T\par}", "application/rtf"),
        ("Số 5\nMẬT\n".encode("utf-16"), "text/plain"),
        ("Số 5\nMẬT\n".encode(), "text/plain"),
    ],
)
def test_a_stamp_is_a_line_of_its_own(octets: bytes, kind: str, tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(octets)
    assert any("MẬT" in [line.strip() for line in each] for each in of_file(path, kind))


def test_a_damaged_office_file_gives_nothing(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    path.write_bytes(docx("Kính gửi")[:-30])
    assert of_file(path, "application/zip") == []


def test_what_is_no_text_gives_nothing(tmp_path: Path) -> None:
    path = tmp_path / "a.png"
    path.write_bytes(b"\x89PNG\r\n\x1a\nMAT")
    assert of_file(path, "image/png") == []


@pytest.mark.parametrize("hostile", ["<style", "<", "<p ", "<p a=", "<!--"])
def test_markup_that_never_ends_costs_little(hostile: str) -> None:
    start = time.monotonic()
    of_text("text/html", hostile * 200_000)
    assert time.monotonic() - start < 2.0
