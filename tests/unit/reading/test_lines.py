"""Lines as a person sees them."""

from datetime import date
from pathlib import Path

from mailbridge.demo.papers import Paper, pdf
from mailbridge.model.limits import Limits
from mailbridge.reading.lines import of_pdf, tidy


def test_a_two_column_head_is_split(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(pdf(Paper("7", "CV/VPTU", date(2026, 11, 4), "việc thử")))
    pages = of_pdf(tmp_path / "a.pdf", Limits())
    assert pages is not None
    assert "ĐẢNG CỘNG SẢN VIỆT NAM" in pages.first.right
    assert any(line.startswith("Số") for line in pages.first.left)


def test_a_broken_pdf_is_none(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(b"%PDF-1.4 junk")
    assert of_pdf(tmp_path / "a.pdf", Limits()) is None


def test_a_line_is_composed_and_cut() -> None:
    assert tidy("Kính\u00a0  gửi ") == "Kính gửi"
    assert len(tidy("a" * 10_000)) == 600
