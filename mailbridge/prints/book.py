"""Books as PDF, to be signed for and bound (Nghị định 30/2020/NĐ-CP, 16.2b and 22.3b).

Rows are drawn straight on the page: a thousand of them as paragraphs take seconds.
"""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from mailbridge.clock import in_vietnam
from mailbridge.model.book_row import BookPrint, BookRow
from mailbridge.prints.book_cells import day, lines, wrapped
from mailbridge.prints.fonts import BOLD, DIGITS, REGULAR, plain, ready

# The inner margin leaves room for the binding.
LEFT, RIGHT, TOP, FOOT = 25 * mm, 10 * mm, 15 * mm, 16 * mm
PAGE = landscape(A4)
_SIZE, _LEAD, _PAD = 9.0, 11.0, 3.0
_WIDTH = PAGE[0] - LEFT - RIGHT
_SIGNED = 45 * mm


@dataclass(frozen=True, slots=True)
class _Line:
    """One line of the table: its cells as lines of text, or words over its whole width."""

    cells: list[list[str]]
    height: float
    across: str = ""
    digest: str = ""
    is_void: bool = False


def book(volume: BookPrint) -> bytes:
    """Print one volume: cover, all rows under repeated headings, and room for signatures."""
    ready()
    made = io.BytesIO()
    canvas = Canvas(made, pagesize=PAGE, invariant=1, lang="vi-VN")
    canvas.setTitle(plain(volume.layout.title))
    columns = volume.layout.columns
    total = sum(column.width for column in columns)
    widths = [_WIDTH * column.width / total for column in columns]
    head = _head(volume, widths)
    pages = list(_paged(_table(volume, widths), PAGE[1] - TOP - FOOT - head.height))
    rest = PAGE[1] - TOP - FOOT - head.height - sum(line.height for line in pages[-1])
    if rest < _SIGNED:
        pages.append([])
    _cover(canvas, volume, len(pages))
    for number, page in enumerate(pages, 1):
        top = _page(canvas, [head, *page], widths)
        if number == len(pages):
            _end(canvas, volume, top, len(pages))
        _foot(canvas, volume, f"Trang {number}/{len(pages)}")
        canvas.showPage()
    canvas.save()
    return made.getvalue()


def _head(volume: BookPrint, widths: list[float]) -> _Line:
    cells = [
        [*wrapped(plain(column.heading), width - 2 * _PAD, BOLD, _SIZE), f"({number})"]
        for number, (column, width) in enumerate(
            zip(volume.layout.columns, widths, strict=True), 1
        )
    ]  # fmt: skip
    tallest = max(len(one) for one in cells)
    # The numbers of the columns stand on one line.
    level = [[*one[:-1], *[""] * (tallest - len(one)), one[-1]] for one in cells]
    return _Line(level, tallest * _LEAD + 2 * _PAD)


def _table(volume: BookPrint, widths: list[float]) -> Iterator[_Line]:
    for each, rows in groupby(volume.rows, key=lambda row: row.day):
        count = 0
        for row in rows:
            count += 1
            yield _row(volume, row, widths)
        if volume.layout.days:
            said = f"Ngày {day(each)} có {count} văn bản."
            yield _Line([], _LEAD + 2 * _PAD, said, volume.closings.get(each, ""))


def _row(volume: BookPrint, row: BookRow, widths: list[float]) -> _Line:
    cells = [
        lines(row, column, width - 2 * _PAD, REGULAR, _SIZE)
        for column, width in zip(volume.layout.columns, widths, strict=True)
    ]
    height = max(1, *(len(one) for one in cells)) * _LEAD + 2 * _PAD
    return _Line(cells, height, is_void=row.is_void)


def _paged(table: Iterator[_Line], room: float) -> Iterator[list[_Line]]:
    """Fill pages; a row that is taller than a page goes on on the next one."""
    page: list[_Line] = []
    left = room
    for whole in table:
        for line in _split(whole, room):
            if line.height > left and page:
                yield page
                page, left = [], room
            page.append(line)
            left -= line.height
    yield page


def _split(line: _Line, room: float) -> Iterator[_Line]:
    if line.height <= room:
        yield line
        return
    step = int((room - 2 * _PAD) / _LEAD)
    for start in range(0, max(len(one) for one in line.cells), step):
        part = [one[start : start + step] for one in line.cells]
        yield _Line(part, max(len(one) for one in part) * _LEAD + 2 * _PAD, is_void=line.is_void)


def _page(canvas: Canvas, table: list[_Line], widths: list[float]) -> float:
    """Draw a page's lines from its top; gives where they end."""
    top: float = PAGE[1] - TOP
    canvas.setLineWidth(0.4)
    for at, line in enumerate(table):
        if at == 0:
            _shade(canvas, top, line.height)
        if line.across:
            _across(canvas, line, top)
        else:
            _cells(canvas, line, top, widths, BOLD if at == 0 else REGULAR)
        top -= line.height
    return top


def _shade(canvas: Canvas, top: float, height: float) -> None:
    canvas.setFillGray(0.92)
    canvas.rect(LEFT, top - height, _WIDTH, height, stroke=0, fill=1)
    canvas.setFillGray(0)


def _cells(canvas: Canvas, line: _Line, top: float, widths: list[float], font: str) -> None:
    canvas.setFont(font, _SIZE, _LEAD)
    left = LEFT
    for width, words in zip(widths, line.cells, strict=True):
        canvas.rect(left, top - line.height, width, line.height)
        for at, shown in enumerate(words):
            below = top - _PAD - _SIZE + 1 - at * _LEAD
            if font == BOLD:
                canvas.drawCentredString(left + width / 2, below, shown)
            else:
                canvas.drawString(left + _PAD, below, shown)
            if line.is_void and shown:
                end = left + _PAD + canvas.stringWidth(shown, font, _SIZE)
                canvas.line(left + _PAD, below + 3, end, below + 3)
        left += width


def _across(canvas: Canvas, line: _Line, top: float) -> None:
    canvas.rect(LEFT, top - line.height, _WIDTH, line.height)
    below = top - _PAD - _SIZE + 1
    canvas.setFont(BOLD, _SIZE)
    canvas.drawString(LEFT + _PAD, below, line.across)
    if line.digest:
        canvas.setFont(DIGITS, 8)
        right = LEFT + _WIDTH - _PAD
        canvas.drawRightString(right, below, f"SHA-256 {plain(line.digest)}")


def _foot(canvas: Canvas, volume: BookPrint, page: str) -> None:
    canvas.setFont(REGULAR, 8.5)
    canvas.drawString(LEFT, FOOT - 8 * mm, plain(f"{volume.agency} · {volume.layout.title}"))
    canvas.drawRightString(PAGE[0] - RIGHT, FOOT - 8 * mm, page)


def _cover(canvas: Canvas, volume: BookPrint, pages: int) -> None:
    middle, top = PAGE[0] / 2, PAGE[1] - 25 * mm
    named = [(volume.above.upper(), REGULAR, 13.0), (volume.agency.upper(), BOLD, 14.0)]
    for words, font, size in named:
        for line in wrapped(plain(words), _WIDTH, font, size):
            canvas.setFont(font, size)
            canvas.drawCentredString(middle, top, line)
            top -= size * 1.4
    top = PAGE[1] * 0.58
    for line in wrapped(plain(volume.layout.title.upper()), _WIDTH, BOLD, 26):
        canvas.setFont(BOLD, 26)
        canvas.drawCentredString(middle, top, line)
        top -= 36
    canvas.setFont(REGULAR, 13)
    for words in (*_facts(volume), f"Gồm {pages} trang, không kể bìa", "Quyển số: ………………"):
        canvas.drawCentredString(middle, top, plain(words))
        top -= 20
    canvas.setFont(REGULAR, 9)
    canvas.drawCentredString(middle, FOOT, plain(volume.layout.source))
    canvas.showPage()


def _facts(volume: BookPrint) -> Iterator[str]:
    rows = volume.rows
    first, last = (volume.first, volume.until)
    if rows:
        first = first or min(row.day for row in rows)
        last = last or max(row.day for row in rows)
        yield f"Từ số {rows[0].number} đến số {rows[-1].number} ({len(rows)} dòng)"
    else:
        yield "Không có văn bản nào"
    if first and last:
        yield f"Từ ngày {day(first)} đến ngày {day(last)}"


def _end(canvas: Canvas, volume: BookPrint, top: float, pages: int) -> None:
    printed: date = in_vietnam(volume.printed_at).date()
    canvas.setFont(REGULAR, 10)
    said = f"Sổ này có {len(volume.rows)} dòng trên {pages} trang."
    canvas.drawString(LEFT, top - 16, said)
    right = f"Ngày {printed.day:02} tháng {printed.month:02} năm {printed.year}"
    canvas.drawCentredString(LEFT + _WIDTH * 0.78, top - 16, right)
    for words, place in zip(volume.layout.signers, (0.22, 0.78), strict=True):
        canvas.setFont(BOLD, 10)
        canvas.drawCentredString(LEFT + _WIDTH * place, top - 32, plain(words))
        canvas.setFont(REGULAR, 9)
        canvas.drawCentredString(LEFT + _WIDTH * place, top - 44, "(Ký, ghi rõ họ tên)")
