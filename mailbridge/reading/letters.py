"""Letters of a PDF's page gathered into words with their places, by pypdfium2."""

import ctypes
import sys
import unicodedata
from dataclasses import dataclass

import pypdfium2
import pypdfium2.raw as pdfium

from mailbridge.reading.rows import Word

# A page of a million letters is an attack on whoever sorts them; a full page has 5,000.
_LETTERS = 12_000
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
        if self._turn == _QUARTER:
            return y - self._bottom, self._right - x
        if self._turn == 2 * _QUARTER:
            return self._right - x, self._top - y
        if self._turn == 3 * _QUARTER:
            return self._top - y, x - self._left
        return x - self._left, y - self._bottom


Place = tuple[str, int, int]
_Ends = tuple[tuple[float, float], tuple[float, float]]


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
        origin, across, up = turning(0, 0), turning(matrix.a, matrix.b), turning(matrix.c, matrix.d)
        right, rise = across[0] - origin[0], across[1] - origin[1]
        self.level = right > 0 and abs(rise) < _STEEP * right
        lean, high = up[0] - origin[0], up[1] - origin[1]
        self.lean = self.size * lean / high if self.level and 0 < lean < high else 0.0
        self.left += self.lean * _BASE

    def add(self, letter: str, ends: _Ends) -> None:
        """Add a letter; marks are written over the letter before them."""
        self.text += letter
        if not unicodedata.combining(letter):
            self.right = max(self.right, ends[0][0], ends[1][0])


def words_of(page: pypdfium2.PdfPage, turning: Turning, known: set[Place]) -> list[Word]:
    """Gather the letters of a page into words, in the order in which they were written.

    Letters at places that are known already are left out; those that are read become known.
    """
    text = page.get_textpage()
    try:
        grown = _grown(text, turning, known)
        fonts: dict[bytes, str] = {}
        return [_word(each, text, fonts) for each in grown]
    finally:
        text.close()


def _grown(text: pypdfium2.PdfTextPage, turning: Turning, known: set[Place]) -> list[_Growing]:
    grown: list[_Growing] = []
    blank = False
    seen: dict[tuple[str, int], float] = {}
    before = frozenset(known)
    box = pdfium.FS_RECTF()
    where, handle = ctypes.byref(box), text.raw
    for index in range(min(text.count_chars(), _LETTERS)):
        letter = _letter(pdfium.FPDFText_GetUnicode(handle, index))
        if letter.isspace() or letter in _UNSEEN:
            # A blank that is written; those that the library guesses, places tell better.
            written = letter in _BLANKS and not pdfium.FPDFText_IsGenerated(handle, index)
            blank = blank or written
            continue
        if not pdfium.FPDFText_GetLooseCharBox(handle, index, where):
            continue
        ends = (turning(box.left, box.bottom), turning(box.right, box.top))
        place = (letter, round(ends[0][0]), round(ends[0][1]))
        if place in before or _is_again(seen, letter, ends[0]):
            continue
        known.add(place)
        last = grown[-1] if grown else None
        if last is None or blank or not _goes_on(last, letter, ends):
            grown.append(_begun(last, ends, blank=blank))
            grown[-1].begin(handle, index, turning)
        grown[-1].add(letter, ends)
        blank = False
    return [each for each in grown if each.size >= _TINY and each.level]


def _is_again(seen: dict[tuple[str, int], float], letter: str, at: tuple[float, float]) -> bool:
    """Tell a letter that is struck over itself; marks may stand at the same place."""
    if unicodedata.combining(letter):
        return False
    line = (letter, round(at[1]))
    last = seen.get(line)
    seen[line] = at[0]
    return last is not None and abs(at[0] - last) < _STRUCK


def _letter(code: int) -> str:
    letter = chr(code) if code <= sys.maxunicode else "\ufffd"
    return _HYPHENS.get(letter, letter)


def _begun(last: _Growing | None, ends: _Ends, *, blank: bool) -> _Growing:
    (left, low), (right, high) = ends
    size = abs(high - low)
    y = min(low, high) + size * _BASE
    level = last is not None and abs(last.y - y) < _OFF * size
    spaced = blank and level and last is not None and min(left, right) > last.left
    return _Growing(y, size, min(left, right), min(left, right), spaced)


def _goes_on(word: _Growing, letter: str, ends: _Ends) -> bool:
    if unicodedata.combining(letter):
        return True
    (left, low), (right, high) = ends
    step = min(left, right) + word.lean - word.right
    y = min(low, high) + abs(high - low) * _BASE
    return abs(y - word.y) < _OFF * word.size and -_BACK * word.size < step < _AHEAD * word.size


def _word(grown: _Growing, text: pypdfium2.PdfTextPage, fonts: dict[bytes, str]) -> Word:
    buffer = ctypes.create_string_buffer(_FONT_NAME)
    flags = ctypes.c_int()
    pdfium.FPDFText_GetFontInfo(text, grown.first, buffer, _FONT_NAME, ctypes.byref(flags))
    name = fonts.setdefault(buffer.value, buffer.value.decode("latin-1").lower())
    composed = unicodedata.normalize("NFC", grown.text)
    # Box heights are of the typeface; three quarters of them are what people call its size.
    return Word(
        composed, grown.left, grown.right - grown.lean * (1 - _BASE), grown.y, grown.size * 0.8,
        "bold" in name, name, spaced=grown.spaced,
    )  # fmt: skip
