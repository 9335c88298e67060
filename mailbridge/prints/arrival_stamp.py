"""Dấu ĐẾN (35 x 50 mm, Nghị định 30/2020/NĐ-CP, Phụ lục IV) on pictures of a document's pages.

The signed file is never altered. The copy is made of pictures: no script, link or form of the
original is in it, and a foot on each page says what it is and what the original's digest is.
"""

import io
import os
from pathlib import Path

from PIL import Image
from reportlab.lib.units import mm
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from mailbridge.model.errors import Reason, RefusedError
from mailbridge.model.slip import Drawn, Picture, Slip
from mailbridge.prints.book_cells import day, dotted, wrapped
from mailbridge.prints.fonts import BOLD, DIGITS, REGULAR, plain, ready

WIDTH, HEIGHT = 50 * mm, 35 * mm
# What stands below the picture of each page.
_FOOT = 12 * mm
# Where no free place is, the first page moves down by so much.
_BAND = HEIGHT + 6 * mm


def view_copy(slip: Slip, drawn: Drawn, folder: Path) -> bytes:
    """Print the view copy; the pictures lie in `folder`."""
    ready()
    made = io.BytesIO()
    canvas = Canvas(made, invariant=1, lang="vi-VN")
    canvas.setTitle("Bản sao để xem, có dấu đến")
    for at, picture in enumerate(drawn.pages):
        width, height = picture.points
        band = _BAND if at == 0 and drawn.free is None else 0
        canvas.setPageSize((width, height + _FOOT + band))
        canvas.drawImage(_image(picture, folder), 0, _FOOT, width, height)
        if at == 0:
            left, top = drawn.free or (8, 3)
            _stamp(canvas, slip, left * mm, height + _FOOT + band - top * mm)
        _foot(canvas, slip, width, f"Trang {at + 1}/{drawn.total}")
        canvas.showPage()
    canvas.save()
    return made.getvalue()


def _image(picture: Picture, folder: Path) -> ImageReader:
    """Take the samples as they are: nothing of them is parsed, so nothing in them is obeyed."""
    size = picture.width * picture.height * 3
    # Hostile: the child that wrote it read a hostile PDF; no link is followed, no pipe waited for.
    flags = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
    try:
        with os.fdopen(os.open(folder / Path(picture.file).name, flags), "rb") as file:
            octets = file.read(size)
    except OSError as error:
        raise RefusedError(Reason.LINK, "the picture of a page is no plain file") from error
    if len(octets) != size:
        raise RefusedError(Reason.CRASHED, "the picture of a page is not whole")
    return ImageReader(Image.frombytes("RGB", (picture.width, picture.height), octets))


def _stamp(canvas: Canvas, slip: Slip, left: float, top: float) -> None:
    canvas.saveState()
    canvas.setFillGray(1)
    canvas.rect(left, top - HEIGHT, WIDTH, HEIGHT, fill=1, stroke=0)
    canvas.setFillColorRGB(0.75, 0, 0)
    canvas.setStrokeColorRGB(0.75, 0, 0)
    canvas.setLineWidth(1.2)
    canvas.rect(left, top - HEIGHT, WIDTH, HEIGHT)
    below, middle = top - 4 * mm, left + WIDTH / 2
    for line in wrapped(plain(slip.own.name.upper()), WIDTH - 3 * mm, BOLD, 7.5)[:2]:
        canvas.setFont(BOLD, 7.5)
        canvas.drawCentredString(middle, below, line)
        below -= 3.2 * mm
    canvas.setFont(BOLD, 13)
    canvas.drawCentredString(middle, below - 1.6 * mm, "ĐẾN")
    for at, (label, said) in enumerate(_lines(slip)):
        shown = plain(f"{label}: {said}")
        if not said:
            shown = dotted(f"{label}: ", WIDTH - 4 * mm, REGULAR, 8.5)
        canvas.setFont(REGULAR, 8.5)
        cut = wrapped(shown, WIDTH - 4 * mm, REGULAR, 8.5)[:1]
        canvas.drawString(left + 2 * mm, top - (18 + at * 4.8) * mm, "".join(cut))
    canvas.restoreState()


def _lines(slip: Slip) -> tuple[tuple[str, str], ...]:
    found = slip.document
    return (
        ("Số", str(found.number.ordinal) if found.number else ""),
        ("Ngày", day(found.entered_at or found.received_at)),
        ("Chuyển", found.unit or found.handler or ""),
        ("Số và ký hiệu HS", ""),
    )


def _foot(canvas: Canvas, slip: Slip, width: float, page: str) -> None:
    main = slip.main
    said = "Bản sao để xem, không có giá trị thay bản gốc. Bản gốc ký số được lưu giữ nguyên vẹn. "
    size = min(8.0, width / 60)
    canvas.setFont(REGULAR, size)
    canvas.drawString(8 * mm, 7 * mm, said)
    canvas.drawRightString(width - 8 * mm, 7 * mm, page)
    canvas.setFont(DIGITS, size * 0.85)
    canvas.drawString(8 * mm, 3 * mm, f"SHA-256 {main.sha256 if main else ''}")
