"""First pages of a hostile PDF as plain samples, and where on the first a stamp covers nothing."""

from pathlib import Path

import pypdfium2

from mailbridge.model.errors import Reason, RefusedError
from mailbridge.model.slip import Drawn, DrawRequest, Picture

DPI = 150
_POINTS, _MM = 72.0, 25.4
# A page of square metres would fill the memory: it is drawn more coarsely.
PIXELS = 8_000_000
# The stamp with a breadth of clearance, in millimetres.
_STAMP = (54, 39)
# Lighter than this is paper: scans are not white.
_PAPER = 170


def draw(request: DrawRequest) -> Drawn:
    """Draw the first pages; raises RefusedError for what is no PDF, or is locked."""
    try:
        document = pypdfium2.PdfDocument(request.path)
    except pypdfium2.PdfiumError as error:
        raise RefusedError(Reason.MALFORMED, f"the PDF cannot be opened: {error}") from error
    try:
        count = min(len(document), request.pages)
        pages = tuple(_drawn(document, at, Path(request.scratch)) for at in range(count))
        if not pages:
            raise RefusedError(Reason.MALFORMED, "the PDF has no pages")
        return Drawn(pages, len(document), free(pages[0], Path(request.scratch)))
    finally:
        document.close()


def _drawn(document: pypdfium2.PdfDocument, number: int, scratch: Path) -> Picture:
    try:
        page = document[number]
        width, height = page.get_size()
        scale = min(DPI / _POINTS, (PIXELS / max(width * height, 1.0)) ** 0.5)
        # Forms are not begun: their scripts never run, and their looks are drawn as they lie.
        bitmap = page.render(scale=scale, rev_byteorder=True)
    except (pypdfium2.PdfiumError, ValueError) as error:
        raise RefusedError(Reason.MALFORMED, f"page {number + 1} cannot be drawn") from error
    octets, wide, step = bytes(bitmap.buffer), bitmap.width, bitmap.n_channels
    lines = (
        octets[at * bitmap.stride : at * bitmap.stride + wide * step]
        for at in range(bitmap.height)
    )  # fmt: skip
    samples = b"".join(lines)
    name = f"page-{number}.rgb"
    (scratch / name).write_bytes(samples)
    return Picture(name, wide, bitmap.height, (width, height))


def free(picture: Picture, scratch: Path) -> tuple[float, float] | None:
    """Find a free place for the stamp: below the number on the left, then anywhere above."""
    ink = _ink(picture, scratch)
    across, down = len(ink[0]), len(ink)
    tops = range(30, min(down * 6 // 10, down - _STAMP[1]))
    # From the left below the number; then the places on the right, below the date.
    for columns in (range(8, max(across // 3, 9)), range(max(across // 3, 9), across)):
        for top in tops:
            for left in columns:
                if left + _STAMP[0] > across - 5:
                    break
                if _is_free(ink, left, top):
                    return (left + 2.0, top + 2.0)
    return None


def _is_free(ink: list[list[int]], left: int, top: int) -> bool:
    below, right = top + _STAMP[1], left + _STAMP[0]
    # Sums of all ink left of and above: four corners give that of a rectangle.
    dark = ink[below][right] - ink[top][right] - ink[below][left] + ink[top][left]
    return dark == 0


def _ink(picture: Picture, scratch: Path) -> list[list[int]]:
    """Sum the dark millimetres of a page from its left upper corner."""
    octets = (scratch / picture.file).read_bytes()
    # Green alone: it is dark where any stamp, red or blue, is.
    green, wide = octets[1::3], picture.width
    across, down = (int(one * _MM / _POINTS) for one in picture.points)
    sums = [[0] * (across + 1)]
    for row in range(down):
        first, last = row * picture.height // down, (row + 1) * picture.height // down
        line = [0]
        for column in range(across):
            begin, end = column * wide // across, (column + 1) * wide // across
            cells = b"".join(
                green[at * wide + begin : at * wide + end] for at in range(first, last)
            )
            dark = bool(cells) and min(cells) < _PAPER
            line.append(line[-1] + dark)
        above = sums[-1]
        sums.append([one + two for one, two in zip(line, above, strict=True)])
    return sums
