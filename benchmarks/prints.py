"""Printing the book: a thousand rows, against reportlab writing the same words as plain lines."""

import io
from datetime import UTC, datetime, timedelta

from reportlab.lib.pagesizes import A4, landscape
from reportlab.pdfgen.canvas import Canvas

from benchmarks.checks import median
from benchmarks.report import Line, Report
from benchmarks.world import World
from mailbridge.model.book_row import BookPrint, BookRow, Column, Layout
from mailbridge.prints.book import book
from mailbridge.prints.book_cells import cell, wrapped
from mailbridge.prints.fonts import REGULAR, plain, ready
from mailbridge.prints.sheet import as_csv, as_xlsx
from mailbridge.settings import layouts_file

ROWS = 1_000
_START = datetime(2026, 11, 2, 2, 0, tzinfo=UTC)
_SUMMARIES = (
    "về việc tổ chức Hội nghị sơ kết sáu tháng đầu năm",
    "về việc tăng cường công tác bảo đảm an ninh, trật tự trong dịp các ngày lễ lớn trên địa bàn",
    "kết quả thực hiện nhiệm vụ và phương hướng công tác quý IV",
)


def measure(_world: World, report: Report) -> None:
    """Measure a book of a thousand rows, as PDF and as sheets."""
    report.say("prints: a book of a thousand rows")
    volume = _volume()
    pages = book(volume).count(b"/Type /Page\n")
    ours, floor = median(lambda: book(volume)), median(lambda: _plain(volume, pages))
    how = f"{ours * 1000:.0f} / {floor * 1000:.0f} ms, {pages} pages"
    name = f"printing {ROWS:,} rows of ten columns / the same words as plain lines"
    report.add(Line(name, ours / floor, 2.5, 2, how))
    for form, made in (("CSV", as_csv), ("XLSX", lambda rows: as_xlsx(rows, "Sổ", _START))):
        spent = median(lambda m=made: m(volume.rows))
        report.add(Line(f"ms to export {ROWS:,} rows as {form}", spent * 1000, how="no floor"))


def _volume() -> BookPrint:
    written = layouts_file.read(None, "so-den")
    columns = tuple(Column(one.heading, one.width, one.field) for one in written.column)
    rows = tuple(_row(number) for number in range(1, ROWS + 1))
    layout = Layout(written.title, columns, written.source)
    return BookPrint(layout, "Đảng ủy phường Ví Dụ", "Tỉnh ủy Ví Dụ", rows, _START)


def _row(number: int) -> BookRow:
    at = _START + timedelta(days=number // 40)
    return BookRow(
        number=str(number),
        day=at.date(),
        arrived=at,
        author="Văn phòng Tỉnh ủy Ví Dụ",
        symbol=f"{number}-CV/VPTU",
        issued="2026-11-01",
        type="Công văn",
        summary=_SUMMARIES[number % 3],
        handler="Ban Xây dựng Đảng",
        moved=at,
    )


def _plain(volume: BookPrint, pages: int) -> bytes:
    """Write every word of the rows as lines over the whole width, on as many pages."""
    ready()
    made = io.BytesIO()
    canvas = Canvas(made, pagesize=landscape(A4), invariant=1)
    fields = [column.field for column in volume.layout.columns]
    said = " ".join(plain(cell(row, one)) for row in volume.rows for one in fields)
    lines = wrapped(said, 740, REGULAR, 9)
    each = -(-len(lines) // pages)
    for first in range(0, len(lines), each):
        canvas.setFont(REGULAR, 9)
        for at, line in enumerate(lines[first : first + each]):
            canvas.drawString(70, 550 - 11 * at, line)
        canvas.showPage()
    canvas.save()
    return made.getvalue()
