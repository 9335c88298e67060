"""Words with their places, and the rows that a person sees, whatever wrote them in what order.

Lengths are points; `y` counts from the foot of the page. The same shapes hold what a PDF, a DOCX
or an OCR program found.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from mailbridge.model.wording import fold

_SPACES = re.compile(r"[ \t\u00a0\u2000-\u200b\u202f\u3000]+")
# A line of megabytes is no line.
_LINE = 600
# Fragments nearer than this share of their size are one word; further than that, two columns.
_JOINED = 0.11
_APART = 0.55
# Words whose lines differ by less than this share of their size stand on one row.
_LEVEL = 0.36
# Programs strike a line twice to make it bold.
_STRUCK = 1.6
# Rows are looked for in bands of so many points.
_BAND = 4.0
# A column may reach over its boundary by so much.
_EDGE = 4.0


def tidy(line: str) -> str:
    """Compose letters and fold white space; a line of megabytes is cut."""
    return _SPACES.sub(" ", unicodedata.normalize("NFC", line[:_LINE])).strip()


@dataclass(frozen=True, slots=True)
class Word:
    """A word or a fragment of one: from `left` to `right` on the line at `y`, NFC."""

    text: str
    left: float
    right: float
    y: float
    size: float
    bold: bool = False
    # Name of its font, lower case; whether it was written in an encoding from before Unicode.
    font: str = ""
    old: bool = False
    # A blank stands before it, whatever its place says: slanted letters lean over theirs.
    spaced: bool = False


@dataclass(frozen=True)
class Piece:
    """Words of one row that stand together."""

    words: tuple[Word, ...]

    @cached_property
    def text(self) -> str:
        """The words with the blanks between them."""
        said: list[str] = []
        for at, word in enumerate(self.words):
            close = word.left - self.words[at - 1].right < _JOINED * word.size
            said.append(word.text if not at or (close and not word.spaced) else f" {word.text}")
        return tidy("".join(said))

    @cached_property
    def bare(self) -> str:
        """The text in small letters without accents; every letter keeps its place."""
        return fold(self.text)

    @property
    def left(self) -> float:
        """Where it begins."""
        return self.words[0].left

    @property
    def right(self) -> float:
        """Where it ends."""
        return max(word.right for word in self.words)

    @property
    def middle(self) -> float:
        """Half way between its ends."""
        return (self.left + self.right) / 2

    @property
    def y(self) -> float:
        """Its line."""
        return self.words[0].y

    @property
    def size(self) -> float:
        """Height of its letters."""
        return max(word.size for word in self.words)

    @property
    def bold(self) -> bool:
        """Tell whether most of it is bold."""
        return 2 * sum(word.bold for word in self.words) > len(self.words)

    def gaps(self, least: float = _APART) -> list[tuple[int, float, float]]:
        """List wide blanks: (index of the word after it, middle, width)."""
        found, end = [], self.words[0].right
        for at, word in enumerate(self.words[1:], 1):
            width = word.left - end
            if width >= least * max(word.size, self.words[at - 1].size):
                found.append((at, (end + word.left) / 2, width))
            end = max(end, word.right)
        return found

    def cut(self, at: int) -> tuple["Piece", "Piece"]:
        """Cut before the word at this index."""
        return Piece(self.words[:at]), Piece(self.words[at:])


@dataclass(frozen=True)
class Page:
    """A page as rows from the top down; `number` counts from 0."""

    rows: tuple[Piece, ...]
    width: float = 595.0
    height: float = 842.0
    number: int = 0
    # What annotations say and the page itself does not: stamps, notes, appearances of signatures.
    marks: tuple[str, ...] = ()
    # False where blanks and columns are only guessed: plain text.
    placed: bool = True

    @cached_property
    def lines(self) -> tuple[str, ...]:
        """All rows as text."""
        return tuple(text for row in self.rows if (text := row.text))

    @cached_property
    def left(self) -> tuple[str, ...]:
        """The head's left column as text."""
        return tuple(side[0].text for side in self.head if side[0])

    @cached_property
    def right(self) -> tuple[str, ...]:
        """The head's right column as text."""
        return tuple(side[1].text for side in self.head if side[1])

    def sides(self, boundary: float) -> Iterator[tuple[Piece | None, Piece | None]]:
        """Split each row at a boundary, in shares of the width; plain text has one column."""
        for row in self.rows:
            yield split(row, self.width * boundary, self.width) if self.placed else (row, row)

    @cached_property
    def head(self) -> tuple[tuple[Piece | None, Piece | None], ...]:
        """The rows of the upper part, split into columns at the blank that splits the most."""
        upper = self.height * 0.55
        sides = zip(self.rows, self.sides(0.44), strict=True)
        return tuple(side for row, side in sides if row.y > upper or not self.placed)


def split(row: Piece, boundary: float, width: float) -> tuple[Piece | None, Piece | None]:
    """Split a row into left and right at the wide blank nearest to the boundary."""
    if row.left > boundary - _EDGE:
        return None, row
    if row.right < boundary + _EDGE:
        return row, None
    near = [gap for gap in row.gaps() if abs(gap[1] - boundary) < width * 0.18]
    if near:
        at = min(near, key=lambda gap: abs(gap[1] - boundary))[0]
        return row.cut(at)
    if row.middle < boundary + width * 0.02:
        return row, None
    return None, row


def rows_of(words: Iterable[Word]) -> tuple[Piece, ...]:
    """Gather words into rows, top first; each word joins the row whose nearest word is level.

    A scan leans: over the width of a page its lines rise or fall by more than their height.
    """
    rows: list[list[Word]] = []
    # Rows by the band in which their last word stands: a page of 12,000 rows is sorted as well.
    bands: dict[int, list[list[Word]]] = {}
    for word in sorted(words, key=lambda one: one.left):
        band = int(word.y // _BAND)
        near = [row for at in range(band - 3, band + 4) for row in bands.get(at, ())]
        row = min(near, key=lambda one: abs(one[-1].y - word.y), default=None)
        level = min(_LEVEL * max(word.size, 4.0), 3 * _BAND)
        if row is None or abs(row[-1].y - word.y) >= level:
            rows.append([word])
            bands.setdefault(band, []).append(rows[-1])
            continue
        old = int(row[-1].y // _BAND)
        _join(row, word)
        new = int(row[-1].y // _BAND)
        if new != old:
            bands[old] = [other for other in bands[old] if other is not row]
            bands.setdefault(new, []).append(row)
    pieces = [Piece(tuple(row)) for row in rows]
    return tuple(sorted(pieces, key=lambda piece: -piece.y))


def _join(row: list[Word], word: Word) -> None:
    last = row[-1]
    if word.text == last.text and abs(word.left - last.left) < _STRUCK:
        return
    row.append(word)
