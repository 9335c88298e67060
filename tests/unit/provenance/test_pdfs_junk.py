"""Any octets are a PDF as judged, never an exception."""

from typing import Any

import pytest

from mailbridge.provenance.pdfs import UNREADABLE_PDF, read


@pytest.mark.parametrize("octets", [b"", b"%PDF-1.7\n/ByteRange", b"\0" * 999])
def test_what_is_no_pdf_is_broken_if_it_is_marked(tmp_path: Any, octets: Any) -> None:
    path = tmp_path / "x.pdf"
    path.write_bytes(octets)
    is_marked = b"/ByteRange" in octets
    assert read(path, ()).signatures == ((UNREADABLE_PDF,) if is_marked else ())
