"""The typeface of prints, with every Vietnamese letter, and text made fit for it."""

import functools
import unicodedata
from importlib.resources import files
from xml.sax.saxutils import escape

from reportlab import rl_config
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

REGULAR, BOLD = "PrintSerif", "PrintSerif-Bold"
# Digests are read digit by digit; one of the fonts that every reader of PDF has.
DIGITS = "Courier"
# A name of megabytes would print a book.
_LENGTH = 600
# Characters that reorder what is printed after them, and those that nobody sees.
_INVISIBLE = dict.fromkeys(
    (0xAD, *range(0x200B, 0x2010), *range(0x202A, 0x202F), 0x2060, *range(0x2066, 0x206A), 0xFEFF)
)


@functools.cache
def ready() -> None:
    """Register both faces once per process."""
    # Pages as octets, not as letters: a fifth smaller, and written in half the time.
    rl_config.useA85 = 0
    folder = files("font_source_serif_pro") / "files"
    for face, style in ((REGULAR, "Regular"), (BOLD, "Bold")):
        pdfmetrics.registerFont(TTFont(face, str(folder / f"SourceSerifPro-{style}.ttf")))
    pdfmetrics.registerFontFamily(REGULAR, normal=REGULAR, bold=BOLD, italic=REGULAR)


def has(letter: str) -> bool:
    """Tell whether the typeface can show a letter."""
    ready()
    return all(ord(letter) in pdfmetrics.getFont(face).face.charToGlyph for face in (REGULAR, BOLD))


class _Shown(dict[int, str]):
    """What is printed for each letter, found out once."""

    def __missing__(self, code: int) -> str:
        letter = chr(code)
        self[code] = " " if unicodedata.category(letter)[0] in "CZ" else letter
        if self[code] != " " and not has(letter):
            self[code] = "\u25ca"
        return self[code]


_SHOWN = _Shown()


def plain(value: object) -> str:
    """Make hostile text fit to be drawn: composed, visible, and cut, which shows.

    What the typeface lacks is shown as a lozenge rather than as nothing.
    """
    whole = str(value)
    kept = whole if len(whole) <= _LENGTH else whole[:_LENGTH] + "…"
    return unicodedata.normalize("NFC", kept).translate(_INVISIBLE).translate(_SHOWN)


def text(value: object) -> str:
    """Make hostile text fit for a paragraph: as `plain`, and never markup."""
    return escape(plain(value))
