"""Pages of a PDF as rows of words, by pypdfium2: as shown, turned pages turned back."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pypdfium2

from mailbridge.reading import annotations, letters, scripts
from mailbridge.reading.letters import Place, Turning
from mailbridge.reading.rows import Page, rows_of

# What lies further outside the page is shown to nobody.
_MARGIN = 5.0


class Document:
    """An open PDF: pages are read when they are asked for, once."""

    def __init__(self, document: pypdfium2.PdfDocument) -> None:
        self._document = document
        self._pages: dict[int, Page | None] = {}
        self.count = len(document)

    def page(self, number: int) -> Page | None:
        """Read a page; None where it cannot be read."""
        if number not in self._pages:
            self._pages[number] = self._read(number)
        return self._pages[number]

    def _read(self, number: int) -> Page | None:
        try:
            page = self._document[number]
        except (pypdfium2.PdfiumError, IndexError, ValueError):
            return None
        try:
            return _page(page, number)
        except pypdfium2.PdfiumError:
            return None
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


def _page(page: pypdfium2.PdfPage, number: int) -> Page:
    width, height = page.get_size()
    turning = Turning(page)
    known: set[Place] = set()
    words = letters.words_of(page, turning, known)
    drawn, marks = annotations.drawn_on(page, number, turning, known)
    words = scripts.modern([*words, *drawn])
    inside = [w for w in words if _is_between(w.left, width) and _is_between(w.y, height)]
    return Page(rows_of(inside), width, height, number, marks)


def _is_between(place: float, end: float) -> bool:
    return -_MARGIN < place < end + _MARGIN
