"""The lines of a page as a person sees them: two-column heads split, letters composed."""

import re
import unicodedata
from dataclasses import dataclass
from pathlib import Path

import pypdfium2

from mailbridge.model.limits import Limits

# A page of a million text rectangles is an attack on whoever sorts them.
_RECTANGLES = 4_000
_LINE = 300
# The head of an official document: state and Party forms print two columns there.
_HEAD_SHARE = 0.42
_SPACES = re.compile(r"[ \t\u00a0\u2000-\u200b\u202f\u3000]+")


@dataclass(frozen=True, slots=True)
class Page:
    """One page: the head's left and right columns, and all lines from top to bottom."""

    left: tuple[str, ...]
    right: tuple[str, ...]
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Pages:
    """First and last page of a file; `has_text` is false for scans."""

    first: Page
    last: Page
    has_text: bool


def of_text(text: str) -> Page:
    """Take plain text for a page without columns."""
    lines = tuple(tidy(line) for line in text.splitlines() if line.strip())
    return Page(lines, (), lines)


def tidy(line: str) -> str:
    """Compose letters and fold white space; a line of megabytes is cut."""
    return _SPACES.sub(" ", unicodedata.normalize("NFC", line[:_LINE])).strip()


def of_pdf(path: Path, limits: Limits) -> Pages | None:
    """Read the first and the last page; None when the PDF cannot be opened."""
    try:
        document = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError:
        return None
    try:
        first = _page(document, 0)
        last = _page(document, len(document) - 1) if len(document) > 1 else first
    except (pypdfium2.PdfiumError, IndexError, ValueError):
        return None
    finally:
        document.close()
    del limits
    return Pages(first, last, bool(first.lines or last.lines))


def _page(document: pypdfium2.PdfDocument, index: int) -> Page:
    page = document[index]
    width, height = page.get_size()
    text = page.get_textpage()
    try:
        words = [_word(text, number) for number in range(min(text.count_rects(), _RECTANGLES))]
    finally:
        text.close()
        page.close()
    rows = _rows([word for word in words if word.text])
    head = [row for row in rows if row[0].middle > height * (1 - _HEAD_SHARE)]
    left = [[w for w in row if w.centre < width / 2] for row in head]
    right = [[w for w in row if w.centre >= width / 2] for row in head]
    return Page(_joined(left), _joined(right), _joined(rows))


@dataclass(frozen=True, slots=True)
class _Word:
    text: str
    left: float
    bottom: float
    right: float
    top: float

    @property
    def middle(self) -> float:
        return (self.bottom + self.top) / 2

    @property
    def centre(self) -> float:
        return (self.left + self.right) / 2


def _word(text: pypdfium2.PdfTextPage, number: int) -> _Word:
    left, bottom, right, top = text.get_rect(number)
    found = tidy(text.get_text_bounded(left, bottom, right, top))
    return _Word(found, left, bottom, right, top)


def _rows(words: list[_Word]) -> list[list[_Word]]:
    """Gather words whose middles are within half a line of each other."""
    rows: list[list[_Word]] = []
    for word in sorted(words, key=lambda one: -one.middle):
        height = max(word.top - word.bottom, 4.0)
        if rows and abs(rows[-1][0].middle - word.middle) < height * 0.45:
            rows[-1].append(word)
        else:
            rows.append([word])
    return [sorted(row, key=lambda one: one.left) for row in rows]


def _joined(rows: list[list[_Word]]) -> tuple[str, ...]:
    joined = (tidy(" ".join(word.text for word in row)) for row in rows)
    return tuple(line for line in joined if line)
