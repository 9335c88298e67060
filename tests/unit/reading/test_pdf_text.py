"""Pages of PDFs as rows."""

from pathlib import Path

import pytest

from mailbridge.reading import pdf_text
from tests.papers.papers import paper


def test_what_is_no_pdf_opens_as_nothing(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(b"%PDF-1.4 junk")
    with pdf_text.opened(tmp_path / "a.pdf") as document:
        assert document is None


def test_a_page_that_is_not_there_is_none(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(paper("build", 0).pdf)
    with pdf_text.opened(tmp_path / "a.pdf") as document:
        assert document
        assert document.page(document.count) is None
        assert document.page(0) is document.page(0)


@pytest.mark.parametrize("turned", [90, 270])
def test_a_turned_page_is_read_as_it_is_shown(turned: int, tmp_path: Path) -> None:
    made = (paper("build", index) for index in range(300))
    known = next(each for each in made if each.look.turned == turned)
    (tmp_path / "a.pdf").write_bytes(known.pdf)
    with pdf_text.opened(tmp_path / "a.pdf") as document:
        assert document
        page = document.page(0)
        assert page
        assert page.width < page.height
        assert any("VIỆT NAM" in row.text for row in page.rows[:2])
