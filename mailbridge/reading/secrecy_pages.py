"""The pages of a PDF as marks of secrecy are looked for on them: each piece of text on its own.

Rows of two columns are split where they are wide apart; stamps that were put on as annotations and
the values of form fields are laid into the page first, as every viewer shows them.
"""

from collections.abc import Iterator
from pathlib import Path

import pypdfium2
from pypdfium2 import raw

from mailbridge.reading import annotations
from mailbridge.reading.letters import text_of
from mailbridge.reading.pdf_text import Document

# A page of a million text rectangles is an attack on whoever sorts them.
RECTANGLES = 2_000
# Further apart than so many heights of a letter is no space between two words.
_GAP = 1.8

View = list[str]


def views(path: Path) -> list[View]:
    """Give the lines of first and last page, in several orders; nothing of what cannot be opened.

    Also the title that the document gives itself.
    """
    try:
        document = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError:
        return []
    try:
        last = len(document) - 1
        found = [[document.get_metadata_value("Title")]]
        for index in dict.fromkeys((0, last)):
            if index >= 0:
                found += _of_page(document, index)
        return found
    except (pypdfium2.PdfiumError, IndexError, ValueError):
        return []
    finally:
        document.close()


def views_of(document: Document) -> list[View]:
    """Give the same of a document that is read anyway, but for the pieces, which its pages have."""
    found = [[document.title]]
    for sheet in document.ends:
        found += [*([note] for note in sheet.notes), sheet.shown.splitlines()]
    return found


def _of_page(document: pypdfium2.PdfDocument, index: int) -> list[View]:
    page = document[index]
    try:
        notes = list(annotations.said_on(page))
        # In memory alone: what viewers draw over the page becomes part of it.
        has_notes = 0 < raw.FPDFPage_GetAnnotCount(page) <= annotations.ANNOTATIONS
        if has_notes and raw.FPDFPage_Flatten(page, raw.FLAT_NORMALDISPLAY) == raw.FLATTEN_SUCCESS:
            page.close()
            page = document[index]
        return [*([note] for note in notes), *_texts(page)]
    finally:
        page.close()


def _texts(page: pypdfium2.PdfPage) -> list[View]:
    text = page.get_textpage()
    try:
        return [text_of(text).splitlines(), _pieces(text)]
    finally:
        text.close()


def _pieces(text: pypdfium2.PdfTextPage) -> View:
    """Give the texts between wide gaps, from top to bottom."""
    boxes = [text.get_rect(number) for number in range(min(text.count_rects(), RECTANGLES))]
    pieces: list[tuple[float, float, str]] = []
    for row in _rows(boxes):
        for left, bottom, right, top in _joined(row):
            words = text.get_text_bounded(left, bottom, right, top)
            pieces.append((-(bottom + top) / 2, left, " ".join(words.split())))
    return [words for _, _, words in sorted(pieces)]


_Box = tuple[float, float, float, float]


def _rows(boxes: list[_Box]) -> Iterator[list[_Box]]:
    """Gather boxes whose middles are within half a line of each other."""
    row: list[_Box] = []
    for box in sorted(boxes, key=lambda one: -(one[1] + one[3])):
        height = max(box[3] - box[1], 4.0)
        if row and abs(_middle(row[0]) - _middle(box)) >= height * 0.45:
            yield row
            row = []
        row.append(box)
    if row:
        yield row


def _joined(row: list[_Box]) -> Iterator[_Box]:
    """Join the boxes of a row that are as near as words are."""
    whole: _Box | None = None
    for box in sorted(row):
        height = max(box[3] - box[1], 4.0)
        if whole is not None and box[0] - whole[2] < height * _GAP:
            whole = (
                whole[0],
                min(whole[1], box[1]),
                max(whole[2], box[2]),
                max(whole[3], box[3]),
            )
            continue
        if whole is not None:
            yield whole
        whole = box
    if whole is not None:
        yield whole


def _middle(box: _Box) -> float:
    return (box[1] + box[3]) / 2
