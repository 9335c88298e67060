"""Every piece of a page is looked at on its own, and what viewers draw over it, too."""

import time
from pathlib import Path

from mailbridge.reading.secrecy_pages import views
from mailbridge.reading.secrecy_search import in_pages
from tests.secrecy_papers.cases import Put, head, sheet


def _file(tmp_path: Path, octets: bytes) -> Path:
    path = tmp_path / "a.pdf"
    path.write_bytes(octets)
    return path


def test_words_far_apart_in_one_row_are_pieces_of_their_own(tmp_path: Path) -> None:
    page = [Put(60, 700, "MẬT"), Put(300, 700, "Hưng Yên, ngày 20 tháng 11 năm 2026")]
    assert "MẬT" in views(_file(tmp_path, sheet(page)))[-1]


def test_a_word_of_a_sentence_is_no_piece(tmp_path: Path) -> None:
    page = [Put(60, 700, "phải đóng dấu"), Put(150, 700, "MẬT", bold=True), Put(186, 700, "theo")]
    assert in_pages(_file(tmp_path, sheet(page))) is None


def test_the_value_of_a_form_field_is_read(tmp_path: Path) -> None:
    path = _file(tmp_path, sheet(head("1"), field_value="TUYET MAT"))
    assert in_pages(path) == "TUYỆT MẬT"


def test_a_stamp_that_is_an_annotation_is_read(tmp_path: Path) -> None:
    note = "".join(f"{ord(letter):04X}" for letter in "TỐI MẬT")
    annotation = (
        f"<< /Type /Annot /Subtype /FreeText /Rect [60 600 200 640] /Contents <FEFF{note}> >>"
    )
    octets = _bare_pdf(annotation.encode())
    assert in_pages(_file(tmp_path, octets)) == "TỐI MẬT"


def test_what_is_no_pdf_has_no_views(tmp_path: Path) -> None:
    assert views(_file(tmp_path, b"%PDF-1.7 and nothing else")) == []


def test_a_page_of_ten_thousand_pieces_costs_little(tmp_path: Path) -> None:
    page = [Put(20 + 9 * (n % 60), 800 - 4 * (n // 60), "x", 3) for n in range(10_000)]
    path = _file(tmp_path, sheet(page))
    start = time.monotonic()
    views(path)
    assert time.monotonic() - start < 3.0


def _bare_pdf(annotation: bytes) -> bytes:
    parts = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Annots [4 0 R] >>",
        annotation,
    ]
    body, places = b"%PDF-1.7\n", []
    for number, part in enumerate(parts, 1):
        places.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, part)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    xref = b"xref\n0 5\n0000000000 65535 f \n" + table
    return body + xref + b"trailer << /Size 5 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % len(body)
