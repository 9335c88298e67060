"""Where papers end in their files."""

from mailbridge.reading.endings import PAGES_READ, ending_of
from mailbridge.reading.lines import of_pages
from mailbridge.reading.rows import Page
from tests.unit.reading.placed import page
from tests.unit.reading.test_heads_read import PARTY

TEXT = (100.0, 600.0, "Văn phòng đề nghị các cơ quan thực hiện những việc sau đây")
SIGNED = ((380.0, 400.0, "CHÁNH VĂN PHÒNG"), (390.0, 320.0, "Lê Thị An"))


def ending(*pages: Page) -> tuple[int | None, int, bool, int | None]:
    numbered = tuple(Page(each.rows, number=at) for at, each in enumerate(pages))
    end = ending_of(of_pages(numbered))
    return end.page.number if end.page else None, end.pages, end.sure, end.other


def test_the_first_signature_ends_a_paper_and_appendices_follow() -> None:
    assert ending(page(*PARTY), page(*SIGNED), page(TEXT)) == (1, 3, True, None)


def test_another_document_in_the_same_file_keeps_its_signature() -> None:
    other = page(*PARTY, *SIGNED)
    assert ending(page(*PARTY), page(TEXT), other) == (None, 2, True, 2)
    assert ending(page(*PARTY), page(*SIGNED), other) == (1, 2, True, 2)


def test_the_end_of_a_long_paper_is_sure_where_its_pages_bear_their_numbers() -> None:
    text = [page(TEXT)] * (2 * PAGES_READ)
    numbered = page((300.0, 810.0, str(2 * PAGES_READ + 1)), *SIGNED)
    assert ending(*text, numbered) == (20, 21, True, None)
    assert ending(*text, page(*SIGNED)) == (20, 21, False, None)
    assert ending(*text, page((300.0, 810.0, "5"), *SIGNED)) == (20, 21, False, None)
