"""Rows are laid on pages whole where they fit, in order, and none is lost."""

from hypothesis import given
from hypothesis import strategies as st

from mailbridge.prints.book_table import LEAD, Line, head_of, paged, table_of
from mailbridge.prints.fonts import ready
from tests.unit.prints.volumes import row, volume

ROOM = 300.0


def _line(number: int, lines: int) -> Line:
    return Line([[f"{number}.{at}" for at in range(lines)]], lines * LEAD + 6)


@given(st.lists(st.integers(1, 60), max_size=40))
def test_every_line_stands_on_a_page_that_has_room_for_it(heights: list[int]) -> None:
    pages = list(paged((_line(at, lines) for at, lines in enumerate(heights)), ROOM))
    assert all(sum(line.height for line in page) <= ROOM for page in pages)
    found = [words for page in pages for line in page for words in line.cells[0]]
    assert found == [f"{at}.{line}" for at, lines in enumerate(heights) for line in range(lines)]


def test_headings_end_with_their_numbers_on_one_line() -> None:
    ready()
    head = head_of(volume().layout, [60.0] * 10)
    assert [cell[-1] for cell in head.cells] == [f"({at})" for at in range(1, 11)]
    assert len({len(cell) for cell in head.cells}) == 1


def test_each_day_has_one_line_of_its_own() -> None:
    ready()
    table = list(table_of(volume(*(row(at) for at in range(1, 62))), [60.0] * 10))
    assert [line.across for line in table if line.across] == [
        "Ngày 24/11/2026 có 29 văn bản.",
        "Ngày 25/11/2026 có 30 văn bản.",
        "Ngày 26/11/2026 có 2 văn bản.",
    ]


def test_numbers_without_documents_are_rows_and_are_not_counted() -> None:
    ready()
    rows = (row(1), row(2, has_document=False), row(3, is_void=True))
    table = list(table_of(volume(*rows), [60.0] * 10))
    assert len(table) == 4
    assert table[-1].across == "Ngày 24/11/2026 có 1 văn bản."
