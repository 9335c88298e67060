"""QR codes on paper: squares that we draw, from the matrix that segno makes."""

import segno
from reportlab.graphics.shapes import Drawing, Rect
from reportlab.lib import colors
from reportlab.lib.units import mm

# ISO/IEC 18004: modules of the quiet zone around a code.
_QUIET = 4


def qr_code(text: str, side: float = 32 * mm) -> Drawing:
    """Draw text as a QR code of `side` points with its quiet zone; 15 % of damage is mended."""
    matrix = segno.make(text, error="m", micro=False, encoding="utf-8").matrix
    drawing = Drawing(side, side)
    module = side / (len(matrix) + 2 * _QUIET)
    # Slightly over, so that no reader sees lines between squares.
    box = (module * 1.02, module * 1.02)
    for at, line in enumerate(matrix):
        below = side - (at + 1 + _QUIET) * module
        for left in (left for left, is_dark in enumerate(line) if is_dark):
            square = Rect((left + _QUIET) * module, below, *box)
            square.fillColor, square.strokeColor = colors.black, None
            drawing.add(square)
    return drawing
