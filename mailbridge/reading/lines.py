"""A file's pages for reading: those that its fields stand on, opened as they are needed."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Protocol

from mailbridge.model.limits import Limits
from mailbridge.reading import pdf_text
from mailbridge.reading.heads import Head, head_of
from mailbridge.reading.pictures import Pictures
from mailbridge.reading.rows import Page, Piece, Word, tidy
from mailbridge.reading.titles import Title, title_of

__all__ = ["Page", "Pages", "of_pages", "of_pdf", "of_text", "opened_pdf", "tidy"]

# Plain text has no places: its lines stand below one another, its letters are of one width.
_PITCH, _SIZE, _LETTER = 14.0, 11.0, 5.0
_TEXT_LINES = 2_000


class Source(Protocol):
    """Whatever has pages."""

    @property
    def count(self) -> int:
        """How many there are."""

    def page(self, number: int) -> Page | None:
        """Read a page; None where it cannot be read."""


class Pages:
    """The pages of one file; the first is read at once."""

    def __init__(self, source: Source, *, counted: bool = True) -> None:
        self._source = source
        # Whether there are as many as the file has.
        self.counted = counted
        self.count = source.count
        self.first = source.page(0) or Page(())

    def page(self, number: int) -> Page | None:
        """Read a page, counted from 0."""
        return self._source.page(number) if 0 <= number < self.count else None

    @cached_property
    def last(self) -> Page:
        """The last page; the first where it is the only one, or cannot be read."""
        return self._source.page(self.count - 1) or self.first

    @cached_property
    def head(self) -> Head:
        """The head of the first page."""
        return head_of(self.first)

    @cached_property
    def title(self) -> Title:
        """The title on the first page."""
        return title_of(self.first, self.head)

    @property
    def document(self) -> pdf_text.Document | None:
        """The PDF that they are of; None of what was made elsewhere."""
        return self._source if isinstance(self._source, pdf_text.Document) else None

    @property
    def pictures(self) -> Pictures:
        """The pictures on the first page of a PDF."""
        sheet = self.document.sheet(0) if self.document else None
        return sheet.pictures if sheet is not None else Pictures()

    @property
    def has_text(self) -> bool:
        """False for scans without a layer of text."""
        return bool(self.first.rows or self.last.rows)


@dataclass(frozen=True, slots=True)
class _Made:
    pages: tuple[Page, ...]

    @property
    def count(self) -> int:
        return len(self.pages)

    def page(self, number: int) -> Page | None:
        return self.pages[number] if number < len(self.pages) else None


def of_pages(pages: tuple[Page, ...]) -> Pages:
    """Take pages that were made elsewhere: from pictures, plain text, or Word's paragraphs."""
    return Pages(_Made(pages or (Page(()),)), counted=False)


def of_text(text: str) -> Page:
    """Take plain text for a page without columns."""
    lines = [tidy(line) for line in text.splitlines() if line.strip()][:_TEXT_LINES]
    rows = [_row(line, at) for at, line in enumerate(lines) if line]
    return Page(tuple(rows), placed=False)


def _row(line: str, at: int) -> Piece:
    words, x = [], 85.0
    for word in line.split():
        right = x + _LETTER * len(word)
        words.append(Word(word, x, right, 800.0 - at * _PITCH, _SIZE, spaced=True))
        x = right + _LETTER * 0.5
    return Piece(tuple(words))


@contextmanager
def opened_pdf(path: Path) -> Iterator[Pages | None]:
    """Open a PDF for reading; None when it cannot be opened, or has no page."""
    with pdf_text.opened(path) as document:
        yield Pages(document) if document is not None and document.count else None


def of_pdf(path: Path, limits: Limits) -> Pages | None:
    """Read the first and the last page; None when the PDF cannot be opened."""
    del limits
    with opened_pdf(path) as pages:
        if pages is None:
            return None
        ends = (pages.first,) if pages.count == 1 else (pages.first, pages.last)
    return of_pages(ends)
