"""Pages of a PDF as rows of words, by pypdfium2: as shown, turned pages turned back."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pypdfium2

from mailbridge.reading import annotations, letters, pictures, scripts
from mailbridge.reading.letters import Place, Turning
from mailbridge.reading.pictures import Pictures
from mailbridge.reading.rows import Page, rows_of

# What lies further outside the page is shown to nobody.
_MARGIN = 5.0


@dataclass(frozen=True, slots=True)
class Sheet:
    """Everything that is wanted of a page, taken at once: loading it costs more than all of it."""

    page: Page
    # Its text as the file has it, and with what annotations draw laid into it.
    said: str
    shown: str
    # What annotations and form fields say beside what they show: of the first and the last page.
    notes: tuple[str, ...] = ()
    # Of the first page.
    pictures: Pictures = field(default_factory=Pictures)


class Document:
    """An open PDF: pages are read when they are asked for, once."""

    def __init__(self, document: pypdfium2.PdfDocument) -> None:
        self._document = document
        self._sheets: dict[int, Sheet | None] = {}
        self.count = len(document)

    def page(self, number: int) -> Page | None:
        """Read a page; None where it cannot be read."""
        sheet = self.sheet(number)
        return sheet.page if sheet is not None else None

    def sheet(self, number: int) -> Sheet | None:
        """Read a page with all that belongs to it; None where it cannot be read."""
        if number not in self._sheets:
            self._sheets[number] = self._read(number)
        return self._sheets[number]

    @property
    def ends(self) -> tuple[Sheet, ...]:
        """The first and the last page, as far as they can be read."""
        found = (self.sheet(number) for number in dict.fromkeys((0, self.count - 1)))
        return tuple(sheet for sheet in found if sheet is not None)

    @property
    def title(self) -> str:
        """The title that the document gives itself."""
        title: str = self._document.get_metadata_value("Title")
        return title

    def said(self, number: int) -> str:
        """Give the text of a page, which need not be read for that; empty where it cannot be."""
        sheet = self._sheets.get(number)
        if sheet is not None:
            return sheet.said
        try:
            with _loaded(self._document, number) as (_, text):
                return letters.text_of(text)
        except (pypdfium2.PdfiumError, IndexError, ValueError):
            return ""

    def _read(self, number: int) -> Sheet | None:
        try:
            with _loaded(self._document, number) as (page, text):
                return _sheet(page, text, number, is_end=number in {0, self.count - 1})
        except (pypdfium2.PdfiumError, IndexError, ValueError):
            return None


@contextmanager
def _loaded(
    document: pypdfium2.PdfDocument, number: int
) -> Iterator[tuple[pypdfium2.PdfPage, pypdfium2.PdfTextPage]]:
    page = document[number]
    try:
        text = page.get_textpage()
        try:
            yield page, text
        finally:
            text.close()
    finally:
        page.close()


@contextmanager
def opened(path: Path) -> Iterator[Document | None]:
    """Open a PDF; None when it cannot be opened."""
    try:
        document = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError:
        yield None
        return
    try:
        yield Document(document)
    finally:
        document.close()


def _sheet(
    page: pypdfium2.PdfPage, text: pypdfium2.PdfTextPage, number: int, *, is_end: bool
) -> Sheet:
    width, height = page.get_size()
    turning = Turning(page)
    known: set[Place] = set()
    words, said = letters.words_of(text, turning, known), letters.text_of(text)
    # These first: what is laid into the page is no annotation any more.
    seen = pictures.on_page(page) if number == 0 else Pictures()
    notes = tuple(annotations.said_on(page)) if is_end else ()
    drawn = annotations.drawn_on(page, number, turning, known, wholly=is_end)
    words = scripts.modern([*words, *drawn.words])
    inside = [w for w in words if _is_between(w.left, width) and _is_between(w.y, height)]
    found = Page(rows_of(inside), width, height, number, drawn.lines)
    return Sheet(found, said, said if drawn.text is None else drawn.text, notes, seen)


def _is_between(place: float, end: float) -> bool:
    return -_MARGIN < place < end + _MARGIN
