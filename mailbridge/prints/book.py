"""Books as PDF, to be signed for and bound (Nghị định 30/2020/NĐ-CP, 16.2b and 22.3b).

Rows are drawn straight on the page: a thousand of them as paragraphs take seconds.
"""

import io
from collections.abc import Iterator
from datetime import date
from itertools import accumulate, groupby

from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.units import mm
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

from mailbridge.clock import in_vietnam
from mailbridge.model.book_row import BookPrint
from mailbridge.prints.book_cells import day, wrapped
from mailbridge.prints.book_table import LEAD, PAD, SIZE, Line, head_of, paged, table_of
from mailbridge.prints.fonts import BOLD, DIGITS, REGULAR, plain, ready

# The inner margin leaves room for the binding.
LEFT, RIGHT, TOP, FOOT = 25 * mm, 10 * mm, 15 * mm, 16 * mm
PAGE = landscape(A4)
_WIDTH = PAGE[0] - LEFT - RIGHT
_SIGNED = 45 * mm


def book(volume: BookPrint) -> bytes:
    """Print one volume: cover, all rows under repeated headings, and room for signatures."""
    ready()
    made = io.BytesIO()
    canvas = Canvas(made, pagesize=PAGE, invariant=1, lang="vi-VN")
    canvas.setTitle(plain(volume.layout.title))
    columns = volume.layout.columns
    total = sum(column.width for column in columns)
    widths = [_WIDTH * column.width / total for column in columns]
    head = head_of(volume.layout, widths)
    pages = list(paged(table_of(volume, widths), PAGE[1] - TOP - FOOT - head.height))
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


def _page(canvas: Canvas, table: list[Line], widths: list[float]) -> float:
    """Draw a page's lines from its top; gives where they end."""
    top: float = PAGE[1] - TOP
    canvas.setLineWidth(0.4)
    _shade(canvas, top, table[0].height)
    for at, line in enumerate(table):
        canvas.rect(LEFT, top - line.height, _WIDTH, line.height)
        if line.across:
            _across(canvas, line, top)
        elif at == 0:
            _heading(canvas, line, top, widths)
        else:
            _cells(canvas, line, top, widths)
        top -= line.height
    _columns(canvas, table, widths)
    return top


def _columns(canvas: Canvas, table: list[Line], widths: list[float]) -> None:
    """Draw the lines between columns, each as long as rows follow one another."""
    places = _lefts(widths)[1:]
    top: float = PAGE[1] - TOP
    for is_across, run in groupby(table, key=lambda line: bool(line.across)):
        below = top - sum(line.height for line in run)
        if not is_across:
            canvas.lines([(left, top, left, below) for left in places])
        top = below


def _lefts(widths: list[float], inwards: float = 0) -> list[float]:
    return list(accumulate(widths[:-1], initial=LEFT + inwards))


def _shade(canvas: Canvas, top: float, height: float) -> None:
    canvas.setFillGray(0.92)
    canvas.rect(LEFT, top - height, _WIDTH, height, stroke=0, fill=1)
    canvas.setFillGray(0)


def _heading(canvas: Canvas, line: Line, top: float, widths: list[float]) -> None:
    canvas.setFont(BOLD, SIZE)
    for left, width, words in zip(_lefts(widths), widths, line.cells, strict=True):
        for at, shown in enumerate(words):
            below = top - PAD - SIZE + 1 - at * LEAD
            canvas.drawCentredString(left + width / 2, below, shown)


def _cells(canvas: Canvas, line: Line, top: float, widths: list[float]) -> None:
    # One text object for the whole row: each costs as much as its words.
    text = canvas.beginText()
    text.setFont(REGULAR, SIZE, LEAD)
    for left, words in zip(_lefts(widths, PAD), line.cells, strict=True):
        if words:
            text.setTextOrigin(left, top - PAD - SIZE + 1)
            for shown in words:
                text.textLine(shown)
    canvas.drawText(text)
    if line.is_void:
        _strike(canvas, line, top, widths)


def _strike(canvas: Canvas, line: Line, top: float, widths: list[float]) -> None:
    for left, words in zip(_lefts(widths, PAD), line.cells, strict=True):
        for at, shown in enumerate(words):
            middle = top - PAD - SIZE + 4 - at * LEAD
            canvas.line(left, middle, left + stringWidth(shown, REGULAR, SIZE), middle)


def _across(canvas: Canvas, line: Line, top: float) -> None:
    below = top - PAD - SIZE + 1
    canvas.setFont(BOLD, SIZE)
    canvas.drawString(LEFT + PAD, below, line.across)
    if line.digest:
        canvas.setFont(DIGITS, 8)
        right = LEFT + _WIDTH - PAD
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
