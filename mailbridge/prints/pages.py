"""Pages of A4 with their numbers, paragraphs and tables: what every print is made of."""

import io
from collections.abc import Callable, Sequence
from typing import Any

from reportlab.lib import colors
from reportlab.lib.enums import TA_CENTER, TA_LEFT
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, Paragraph, SimpleDocTemplate, Table, TableStyle

from mailbridge.prints.fonts import BOLD, DIGITS, REGULAR, ready, text

# Margins of Hướng dẫn 05-HD/VPTW: 20 above and below, 30 left, 15 right.
LEFT, RIGHT, TOP, FOOT = 30 * mm, 15 * mm, 20 * mm, 20 * mm
WIDTH = A4[0] - LEFT - RIGHT
_SIZE = 10.5
_GRID = colors.Color(0.55, 0.55, 0.55)
_HEAD = colors.Color(0.92, 0.92, 0.92)

# Text, or flowables of reportlab, which has no types.
Cell = Any


def style(
    size: float = _SIZE, *, bold: bool = False, centred: bool = False, digits: bool = False
) -> ParagraphStyle:
    """Make a style of text."""
    font = DIGITS if digits else BOLD if bold else REGULAR
    return ParagraphStyle(
        f"{font}-{size}-{centred}",
        fontName=font,
        fontSize=size,
        leading=size * 1.3,
        alignment=TA_CENTER if centred else TA_LEFT,
        # A digest or a name without spaces is broken rather than printed over the edge.
        splitLongWords=1,
        spaceAfter=0,
    )


def words(
    value: object,
    size: float = _SIZE,
    *,
    bold: bool = False,
    centred: bool = False,
    digits: bool = False,
) -> Paragraph:
    """Write hostile or own text as a paragraph."""
    ready()
    return Paragraph(text(value), style(size, bold=bold, centred=centred, digits=digits))


def heading(value: str) -> Paragraph:
    """Write the heading of a section, which never stands alone at the foot of a page."""
    made = words(value, 11.5, bold=True)
    made.style = ParagraphStyle(
        "heading",
        parent=made.style,
        spaceBefore=9,
        spaceAfter=3,
        keepWithNext=1,
        # A frame indents by its padding what is no table.
        leftIndent=-6,
    )
    return made


def digest(value: str) -> Paragraph:
    """Write a SHA-256 as people compare it: eight groups of four a line."""
    ready()
    groups = [text(value[at : at + 4]) for at in range(0, len(value), 4)]
    lines = [" ".join(groups[at : at + 8]) for at in range(0, len(groups), 8)]
    return Paragraph("<br/>".join(lines), style(8.5, digits=True))


def grid(head: Sequence[str], rows: Sequence[Sequence[Cell]], widths: Sequence[float]) -> Table:
    """Lay a table with a head that is repeated on each page; widths are parts of the page's."""
    total = sum(widths)
    lines = [[words(cell, 9.5, bold=True) for cell in head]] if head else []
    lines += [[words(cell, 9.5) if isinstance(cell, str) else cell for cell in row] for row in rows]
    table = Table(lines, [WIDTH * width / total for width in widths], repeatRows=1 if head else 0)
    looks = [
        ("GRID", (0, 0), (-1, -1), 0.5, _GRID),
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("TOPPADDING", (0, 0), (-1, -1), 2),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 3),
    ]
    if head:
        looks.append(("BACKGROUND", (0, 0), (-1, 0), _HEAD))
    table.setStyle(TableStyle(looks))
    return table


def document(title: str, footer: str, flow: Callable[[], list[Flowable]]) -> bytes:
    """Set the pages twice: how many there are is known only then. The same facts, same octets."""
    total = _set(title, flow(), lambda _canvas, _page: None)[1]

    def foot(canvas: Canvas, page: int) -> None:
        canvas.saveState()
        canvas.setFont(REGULAR, 8.5)
        canvas.drawString(LEFT, FOOT - 8 * mm, footer)
        canvas.drawRightString(A4[0] - RIGHT, FOOT - 8 * mm, f"Trang {page}/{total}")
        canvas.restoreState()

    return _set(title, flow(), foot)[0]


def _set(
    title: str, flow: list[Flowable], foot: Callable[[Canvas, int], None]
) -> tuple[bytes, int]:
    ready()
    made, pages = io.BytesIO(), [0]

    def each(canvas: Canvas, _template: object) -> None:
        pages[0] = canvas.getPageNumber()
        foot(canvas, pages[0])

    template = SimpleDocTemplate(
        made,
        pagesize=A4,
        leftMargin=LEFT,
        rightMargin=RIGHT,
        topMargin=TOP,
        bottomMargin=FOOT,
        title=title,
        lang="vi-VN",
        invariant=1,
    )
    template.build(flow, onFirstPage=each, onLaterPages=each)
    return made.getvalue(), pages[0]
