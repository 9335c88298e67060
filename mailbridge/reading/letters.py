"""Letters of a PDF's page gathered into words with their places, by pypdfium2."""

import ctypes
import sys
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

import pypdfium2
import pypdfium2.raw as pdfium

from mailbridge.reading.rows import Word

# A page of a million letters is an attack on whoever sorts them; a full page has 5,000.
_LETTERS = 12_000
# Of the bare text, which nobody sorts, more may be had.
_TEXT = 200_000
# Letters that nobody can see, by their size in points.
_TINY = 3.0
# A new word begins where a letter stands further away than these shares of its size.
_AHEAD, _BACK, _OFF = 0.11, 0.6, 0.3
# The line on which letters stand, as a share of the height of their box above its foot.
_BASE = 0.22
# Zeros, breaks and marks that nobody sees. PDFium has a sign of its own for what may be a hyphen at
# the end of a line: `scripts` tells.
_UNSEEN = frozenset("\x00\u200b\u200c\u200d\u2060\ufeff")
_BLANKS = frozenset(" \t\u00a0\u2002\u2003\u2007\u2009\u202f\u3000")
_HYPHENS = {"\ufffe": "\xad", "\x02": "\xad", "\u2010": "-", "\u2011": "-"}
_FONT_NAME = 128
# Lines that rise by more than this share of their length are no lines of text.
_STEEP = 0.15
# Letters nearer than this, in points, to the same letter were struck twice to look bold.
_STRUCK = 0.9
# Pages are turned by right angles, in degrees.
_QUARTER = 90


class Turning:
    """From a page's own coordinates to those of what is shown: cropped and turned."""

    def __init__(self, page: pypdfium2.PdfPage) -> None:
        self._left, self._bottom, self._right, self._top = page.get_cropbox()
        self._turn = page.get_rotation()

    def __call__(self, x: float, y: float) -> tuple[float, float]:
        """Give where a point is shown, from the lower left corner."""
        if not self._turn:
            return x - self._left, y - self._bottom
        if self._turn == _QUARTER:
            return y - self._bottom, self._right - x
        if self._turn == 2 * _QUARTER:
            return self._right - x, self._top - y
        return self._top - y, x - self._left

    def way(self, x: float, y: float) -> tuple[float, float]:
        """Give a direction as it is shown."""
        turned = {0: (x, y), _QUARTER: (y, -x), 2 * _QUARTER: (-x, -y)}
        return turned.get(self._turn, (-y, x))


Place = tuple[str, int, int]


@dataclass(slots=True)
class _Growing:
    """A word to which letters are added."""

    y: float
    size: float
    left: float
    right: float
    spaced: bool
    text: str = ""
    # Index of its first letter.
    first: int = 0
    # Whether it runs from left to right: what runs across the page is a watermark.
    level: bool = True
    # How far its letters lean over what follows: of a slant that a program makes itself.
    lean: float = 0.0

    def begin(self, handle: object, index: int, turning: Turning) -> None:
        """Note where it begins, which way it runs, and how its letters lean."""
        self.first = index
        matrix = pdfium.FS_MATRIX()
        pdfium.FPDFText_GetMatrix(handle, index, ctypes.byref(matrix))
        right, rise = turning.way(matrix.a, matrix.b)
        self.level = right > 0 and abs(rise) < _STEEP * right
        lean, high = turning.way(matrix.c, matrix.d)
        self.lean = self.size * lean / high if self.level and 0 < lean < high else 0.0
        self.left += self.lean * _BASE

    def goes_on(self, left: float, low: float, high: float) -> bool:
        """Tell whether a letter that begins there is one more of it."""
        step = left + self.lean - self.right
        off = low + (high - low) * _BASE - self.y
        size = self.size
        return abs(off) < _OFF * size and -_BACK * size < step < _AHEAD * size


def words_of(text: pypdfium2.PdfTextPage, turning: Turning, known: set[Place]) -> list[Word]:
    """Gather the letters of a page into words, in the order in which they were written.

    Letters at places that are known already are left out; those that are read become known.
    """
    fonts = _Fonts(text)
    return [_word(each, fonts) for each in _grown(text, turning, known)]


def text_of(text: pypdfium2.PdfTextPage) -> str:
    """Give all letters of a page as one text, in the order in which they were written."""
    said: str = text.get_text_range(0, min(text.count_chars(), _TEXT))
    return said


def _grown(text: pypdfium2.PdfTextPage, turning: Turning, known: set[Place]) -> list[_Growing]:
    """Gather letter by letter; a page has thousands, so that little is called for each."""
    grown: list[_Growing] = []
    last: _Growing | None = None
    blank = False
    seen: dict[tuple[str, int], float] = {}
    before = frozenset(known)
    box, handle = pdfium.FS_RECTF(), text.raw
    where = ctypes.byref(box)
    for index in range(min(text.count_chars(), _LETTERS)):
        letter, unseen, is_mark = _letter(pdfium.FPDFText_GetUnicode(handle, index))
        if unseen:
            # A blank that is written; those that the library guesses, places tell better.
            blank |= letter in _BLANKS and not pdfium.FPDFText_IsGenerated(handle, index)
            continue
        if not pdfium.FPDFText_GetLooseCharBox(handle, index, where):
            continue
        start, foot = turning(box.left, box.bottom)
        end, top = turning(box.right, box.top)
        place = (letter, round(start), line := round(foot))
        if place in before or (not is_mark and _is_again(seen, (letter, line), start)):
            continue
        known.add(place)
        left, right = (start, end) if start <= end else (end, start)
        low, high = (foot, top) if foot <= top else (top, foot)
        if last is None or blank or not (is_mark or last.goes_on(left, low, high)):
            last = _begun(last, left, low, high, blank=blank)
            last.begin(handle, index, turning)
            grown.append(last)
        last.text += letter
        # Marks are written over the letter before them.
        if right > last.right and not is_mark:
            last.right = right
        blank = False
    return [each for each in grown if each.size >= _TINY and each.level]


def _is_again(seen: dict[tuple[str, int], float], line: tuple[str, int], at: float) -> bool:
    """Tell a letter that is struck over itself; marks may stand at the same place."""
    last = seen.get(line)
    seen[line] = at
    return last is not None and abs(at - last) < _STRUCK


@lru_cache(maxsize=4096)
def _letter(code: int) -> tuple[str, bool, bool]:
    """Give the letter, whether nobody sees it, and whether it is a mark over another."""
    letter = chr(code) if code <= sys.maxunicode else "\ufffd"
    letter = _HYPHENS.get(letter, letter)
    return letter, letter.isspace() or letter in _UNSEEN, bool(unicodedata.combining(letter))


def _begun(last: _Growing | None, left: float, low: float, high: float, *, blank: bool) -> _Growing:
    size = high - low
    y = low + size * _BASE
    level = last is not None and abs(last.y - y) < _OFF * size
    spaced = blank and level and last is not None and left > last.left
    return _Growing(y, size, left, left, spaced)


class _Fonts:
    """The names of a page's fonts."""

    def __init__(self, text: pypdfium2.PdfTextPage) -> None:
        self._handle = text.raw
        self._buffer = ctypes.create_string_buffer(_FONT_NAME)
        self._flags = ctypes.byref(ctypes.c_int())
        self._names: dict[bytes, str] = {}

    def name_at(self, index: int) -> str:
        """Give the name of a letter's font, in small letters; empty where it has none."""
        buffer = self._buffer
        buffer[0] = b"\0"
        pdfium.FPDFText_GetFontInfo(self._handle, index, buffer, _FONT_NAME, self._flags)
        name = buffer.value
        if name not in self._names:
            self._names[name] = name.decode("latin-1").lower()
        return self._names[name]


def _word(grown: _Growing, fonts: _Fonts) -> Word:
    name = fonts.name_at(grown.first)
    composed = unicodedata.normalize("NFC", grown.text)
    # Box heights are of the typeface; three quarters of them are what people call its size.
    return Word(
        composed, grown.left, grown.right - grown.lean * (1 - _BASE), grown.y, grown.size * 0.8,
        "bold" in name, name, spaced=grown.spaced,
    )  # fmt: skip
