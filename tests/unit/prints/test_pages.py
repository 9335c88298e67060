"""Pages are numbered of how many, and nothing stands outside their margins."""

import io

import pypdfium2

from mailbridge.prints.pages import digest, document, grid, heading, words


def _lines(octets: bytes) -> list[str]:
    with pypdfium2.PdfDocument(io.BytesIO(octets)) as opened:
        return [page.get_textpage().get_text_range() for page in opened]


def test_every_page_says_of_how_many() -> None:
    made = document("T", "Chân trang", lambda: [heading(f"Mục {n}") for n in range(120)])
    pages = _lines(made)
    assert len(pages) > 1
    for number, page in enumerate(pages, 1):
        assert f"Trang {number}/{len(pages)}" in page
        assert "Chân trang" in page


def test_the_same_facts_make_the_same_octets() -> None:
    assert document("T", "x", lambda: [words("a")]) == document("T", "x", lambda: [words("a")])


def test_a_table_repeats_its_head_and_breaks_long_words() -> None:
    rows = [(str(n), "A" * 300, digest("f" * 64)) for n in range(30)]
    made = document("T", "x", lambda: [grid(("TT", "Tên", "Mã"), rows, (1, 4, 6))])
    assert all("Mã" in page for page in _lines(made))
    with pypdfium2.PdfDocument(io.BytesIO(made)) as opened:
        for page in opened:
            text = page.get_textpage()
            width = page.get_size()[0]
            for at in range(text.count_rects()):
                left, _, right, _ = text.get_rect(at)
                assert 0 < left < right < width
