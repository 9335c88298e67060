"""A pen on pages of A4 in a typeface that has every Vietnamese letter."""

import functools
import unicodedata
from importlib.resources import files

from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.lib.utils import simpleSplit
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

WIDTH, HEIGHT = A4
# Margins of Hướng dẫn 05-HD/VPTW: 20 above and below, 30 left, 15 right.
LEFT, RIGHT, TOP, FOOT = 30 * mm, WIDTH - 15 * mm, HEIGHT - 20 * mm, 20 * mm
REGULAR, BOLD = "DemoSerif", "DemoSerif-Bold"
_LEAN = 0.2
_RED = (0.85, 0.05, 0.05)


@functools.cache
def ready_fonts() -> tuple[str, str]:
    """Register both faces once per process and name them."""
    folder = files("font_source_serif_pro") / "files"
    for face, style in ((REGULAR, "Regular"), (BOLD, "Bold")):
        pdfmetrics.registerFont(TTFont(face, str(folder / f"SourceSerifPro-{style}.ttf")))
    return REGULAR, BOLD


class Pen:
    """Writes from the top of a page down; `y` is where the next line stands."""

    def __init__(self, canvas: Canvas) -> None:
        ready_fonts()
        self._canvas = canvas
        self._page = 1
        self.y = TOP

    def split(self, words: str, size: float, width: float) -> list[str]:
        """Break words into lines of that width."""
        return list(simpleSplit(words, REGULAR, size, width))

    def centred(
        self, x: float, words: str, size: float, *, bold: bool = False,
        slanted: bool = False, rule: bool = False,
    ) -> None:  # fmt: skip
        """Write one line around `x`."""
        long = pdfmetrics.stringWidth(words, BOLD if bold else REGULAR, size)
        self.text(x - long / 2, words, size, bold=bold, slanted=slanted, rule=rule)

    def text(
        self, x: float, words: str, size: float, *, bold: bool = False,
        slanted: bool = False, rule: bool = False,
    ) -> None:  # fmt: skip
        """Write one line from `x`; the typeface lacks Vietnamese italics, so they are slanted."""
        face = BOLD if bold else REGULAR
        line = self._canvas.beginText()
        line.setFont(face, size)
        line.setTextTransform(1, 0, _LEAN if slanted else 0, 1, x, self.y)
        line.textOut(unicodedata.normalize("NFC", words))
        self._canvas.drawText(line)
        if rule:
            long = pdfmetrics.stringWidth(words, face, size)
            self._canvas.setLineWidth(0.7)
            self._canvas.line(x, self.y - 4, x + long, self.y - 4)

    def paragraph(self, words: str, size: float = 14) -> None:
        """Write a paragraph over the whole width, and go on overleaf where the page ends."""
        indent = 10 * mm
        first = next(iter(self.split(words, size, RIGHT - LEFT - indent)), "")
        rest = words.removeprefix(first)
        for number, line in enumerate([first, *self.split(rest, size, RIGHT - LEFT)]):
            if self.y < FOOT + size:
                self.turn()
            self.text(LEFT + (indent if number == 0 else 0), line, size)
            self.y -= size * 1.3
        self.y -= 6

    def stamp(self, x: float, words: str) -> None:
        """Put words in a red frame."""
        long = pdfmetrics.stringWidth(words, BOLD, 13) + 16
        self._canvas.saveState()
        self._canvas.setStrokeColorRGB(*_RED)
        self._canvas.setFillColorRGB(*_RED)
        self._canvas.rect(x - long / 2, self.y - 6, long, 22)
        self.centred(x, words, 13, bold=True)
        self._canvas.restoreState()

    def turn(self) -> None:
        """Begin the next page; pages bear their number from the second on."""
        self._canvas.showPage()
        self._page += 1
        self.y = HEIGHT - 12 * mm
        self.centred(WIDTH / 2, str(self._page), 13)
        self.y = TOP - 8
