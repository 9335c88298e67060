"""The table of a book: rows broken into lines of their columns, and lines laid on pages."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from mailbridge.model.book_row import BookPrint, BookRow, Layout
from mailbridge.prints.book_cells import day, lines, wrapped
from mailbridge.prints.fonts import BOLD, REGULAR, plain

# Size of letters, from line to line, and between words and the lines around, in points.
SIZE, LEAD, PAD = 9.0, 11.0, 3.0


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the table: its cells as lines of text, or words over its whole width."""

    cells: list[list[str]]
    height: float
    across: str = ""
    digest: str = ""
    is_void: bool = False


def head_of(layout: Layout, widths: list[float]) -> Line:
    """Break the headings, with the numbers of the columns below them on one line."""
    cells = [
        [*wrapped(plain(column.heading), width - 2 * PAD, BOLD, SIZE), f"({number})"]
        for number, (column, width) in enumerate(
            zip(layout.columns, widths, strict=True), 1
        )
    ]  # fmt: skip
    tallest = max(len(one) for one in cells)
    level = [[*one[:-1], *[""] * (tallest - len(one)), one[-1]] for one in cells]
    return Line(level, tallest * LEAD + 2 * PAD)


def table_of(volume: BookPrint, widths: list[float]) -> Iterator[Line]:
    """Break all rows, day by day."""
    for each, rows in groupby(volume.rows, key=lambda row: row.day):
        count = 0
        for row in rows:
            count += row.has_document and not row.is_void
            yield _row(volume, row, widths)
        if volume.layout.days:
            said = f"Ngày {day(each)} có {count} văn bản."
            yield Line([], LEAD + 2 * PAD, said, volume.closings.get(each, ""))


def _row(volume: BookPrint, row: BookRow, widths: list[float]) -> Line:
    cells = [
        lines(row, column, width - 2 * PAD, REGULAR, SIZE)
        for column, width in zip(volume.layout.columns, widths, strict=True)
    ]
    height = max(1, *(len(one) for one in cells)) * LEAD + 2 * PAD
    return Line(cells, height, is_void=row.is_void)


def paged(table: Iterator[Line], room: float) -> Iterator[list[Line]]:
    """Fill pages; a row that is taller than a page goes on on the next one."""
    page: list[Line] = []
    left = room
    for whole in table:
        for line in _split(whole, room):
            if line.height > left and page:
                yield page
                page, left = [], room
            page.append(line)
            left -= line.height
    yield page


def _split(line: Line, room: float) -> Iterator[Line]:
    if line.height <= room:
        yield line
        return
    step = int((room - 2 * PAD) / LEAD)
    for start in range(0, max(len(one) for one in line.cells), step):
        part = [one[start : start + step] for one in line.cells]
        yield Line(part, max(len(one) for one in part) * LEAD + 2 * PAD, is_void=line.is_void)
