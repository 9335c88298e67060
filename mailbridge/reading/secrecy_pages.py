"""The pages of a PDF as marks of secrecy are looked for on them: each piece of text on its own.

Rows of two columns are split where they are wide apart; stamps that were put on as annotations and
the values of form fields are laid into the page first, as every viewer shows them.
"""

from collections.abc import Iterator
from pathlib import Path

import pypdfium2
from pypdfium2 import raw

# A page of a million text rectangles, or letters, is an attack on whoever sorts them.
RECTANGLES = 2_000
LETTERS = 200_000
# A page of a hundred thousand annotations, each dear to lay into the page.
ANNOTATIONS = 500
_VALUE_OCTETS = 2_000
# Further apart than so many heights of a letter is no space between two words.
_GAP = 1.8
_KEYS = (b"Contents", b"V", b"Subj", b"Name")

View = list[str]


def views(path: Path, *, pieces: bool = True) -> list[View]:
    """Give the lines of first and last page, in several orders; nothing of what cannot be opened.

    Also the title that the document gives itself. Without `pieces` no row is split: for who has
    them already.
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
                found += _of_page(document, index, pieces=pieces)
        return found
    except (pypdfium2.PdfiumError, IndexError, ValueError):
        return []
    finally:
        document.close()


def _of_page(document: pypdfium2.PdfDocument, index: int, *, pieces: bool) -> list[View]:
    page = document[index]
    try:
        notes = list(_annotations(page))
        # In memory alone: what viewers draw over the page becomes part of it.
        has_notes = 0 < raw.FPDFPage_GetAnnotCount(page) <= ANNOTATIONS
        if has_notes and raw.FPDFPage_Flatten(page, raw.FLAT_NORMALDISPLAY) == raw.FLATTEN_SUCCESS:
            page.close()
            page = document[index]
        return [*([note] for note in notes), *_texts(page, pieces=pieces)]
    finally:
        page.close()


def _texts(page: pypdfium2.PdfPage, *, pieces: bool) -> list[View]:
    text = page.get_textpage()
    try:
        whole = text.get_text_range(0, min(text.count_chars(), LETTERS))
        return [whole.splitlines(), *([_pieces(text)] if pieces else [])]
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


def _annotations(page: pypdfium2.PdfPage) -> Iterator[str]:
    """Give what annotations and form fields say beside what they show."""
    for index in range(min(raw.FPDFPage_GetAnnotCount(page), ANNOTATIONS)):
        annotation = raw.FPDFPage_GetAnnot(page, index)
        if not annotation:
            continue
        try:
            yield from filter(None, (_value(annotation, key) for key in _KEYS))
        finally:
            raw.FPDFPage_CloseAnnot(annotation)


def _value(annotation: object, key: bytes) -> str:
    size = min(raw.FPDFAnnot_GetStringValue(annotation, key, None, 0), _VALUE_OCTETS)
    if size <= len("\0".encode("utf-16-le")):
        return ""
    units = (raw.FPDF_WCHAR * (_VALUE_OCTETS // 2))()
    raw.FPDFAnnot_GetStringValue(annotation, key, units, _VALUE_OCTETS)
    return bytes(units)[: size - 2].decode("utf-16-le", "replace")
