"""What annotations draw on a page: numbers, days and stamps are often put on a paper afterwards."""

import ctypes
import re
from collections.abc import Iterator
from dataclasses import dataclass

import pypdfium2
import pypdfium2.raw as pdfium

from mailbridge.reading import letters
from mailbridge.reading.letters import Place, Turning
from mailbridge.reading.rows import Word, rows_of

# Annotations cost nothing to whoever draws them: so many are looked at, and so much of each.
_ANNOTATIONS = 40
_CONTENTS = 400
_VALUE_OCTETS = 2_000
_KEYS = (b"Contents", b"V", b"Subj", b"Name")
# A page of a hundred thousand annotations, each dear to lay into the page.
ANNOTATIONS = 500
_FREE_TEXT = pdfium.FPDF_ANNOT_FREETEXT
_DRAWN = {_FREE_TEXT, pdfium.FPDF_ANNOT_STAMP, pdfium.FPDF_ANNOT_WIDGET}
# The words that programs of digital signing draw: they say who sealed, and nothing of the paper.
_OF_SEAL = re.compile(
    r"ký bởi|người ký|ký số|thời gian|email|@|cơ quan ?:|signed|digitally|reason|\d\d:\d\d",
    re.IGNORECASE,
)

_Annotation = tuple[int, tuple[float, float, float, float], str]


@dataclass(frozen=True, slots=True)
class Drawn:
    """The words that annotations add to a page, all their lines, and the text of both together."""

    words: tuple[Word, ...] = ()
    lines: tuple[str, ...] = ()
    # None where nothing was laid into the page.
    text: str | None = None


def drawn_on(
    page: pypdfium2.PdfPage, number: int, turning: Turning, known: set[Place], *, wholly: bool
) -> Drawn:
    """Lay annotations into a page, as viewers draw them; `wholly` also those without words."""
    found = list(_annotations(page))
    is_drawn = any(kind in _DRAWN for kind, _, _ in found)
    count = pdfium.FPDFPage_GetAnnotCount(page)
    if not is_drawn and not (wholly and 0 < count <= ANNOTATIONS):
        return Drawn()
    # In memory alone: what viewers draw over the page becomes part of it.
    flattened = pdfium.FPDFPage_Flatten(page, pdfium.FLAT_NORMALDISPLAY)
    # Only a page that is loaded anew has in its text what was flattened into it.
    flat = page.pdf[number]
    try:
        text = flat.get_textpage()
        try:
            shown = letters.text_of(text) if flattened == pdfium.FLATTEN_SUCCESS else None
            added = letters.words_of(text, turning, known) if is_drawn else []
        finally:
            text.close()
    finally:
        flat.close()
    words, lines = _added(found, added, turning)
    return Drawn(words, lines, shown)


def _added(
    found: list[_Annotation], added: list[Word], turning: Turning
) -> tuple[tuple[Word, ...], tuple[str, ...]]:
    """Give the words on the paper, and the lines of all that was drawn."""
    notes = [note for kind, box, text in found if kind == _FREE_TEXT
             for note in _note(box, text, turning)]  # fmt: skip
    texts = {word.text for word in added}
    added += [note for note in notes if note.text not in texts]
    rows = rows_of(added)
    of_paper = [row for row in rows if not _OF_SEAL.search(row.text)]
    return tuple(word for row in of_paper for word in row.words), tuple(row.text for row in rows)


def _annotations(page: pypdfium2.PdfPage) -> Iterator[_Annotation]:
    for index in range(min(pdfium.FPDFPage_GetAnnotCount(page), _ANNOTATIONS)):
        annotation = pdfium.FPDFPage_GetAnnot(page, index)
        if not annotation:
            continue
        try:
            box = pdfium.FS_RECTF()
            pdfium.FPDFAnnot_GetRect(annotation, ctypes.byref(box))
            sides = (box.left, box.bottom, box.right, box.top)
            yield pdfium.FPDFAnnot_GetSubtype(annotation), sides, _contents(annotation)
        finally:
            pdfium.FPDFPage_CloseAnnot(annotation)


def _contents(annotation: object) -> str:
    buffer = (ctypes.c_ushort * _CONTENTS)()
    octets = pdfium.FPDFAnnot_GetStringValue(annotation, b"Contents", buffer, 2 * _CONTENTS)
    said = bytes(buffer)[: min(octets, 2 * _CONTENTS)]
    return said.decode("utf-16-le", "replace").split("\0")[0]


def _note(box: tuple[float, float, float, float], text: str, turning: Turning) -> Iterator[Word]:
    """Take the words of a note for what it shows, at the place of its box."""
    lines = [line for line in text.splitlines() if line.strip()]
    if len(lines) != 1:
        return
    left, low = turning(box[0], box[1])
    right, high = turning(box[2], box[3])
    size = min(abs(high - low), 16.0)
    words = lines[0].split()
    step = abs(right - left) / max(len(words), 1)
    for at, word in enumerate(words):
        start = min(left, right) + at * step
        yield Word(word, start, start + 0.5 * size * len(word), min(low, high) + size * 0.3, size)


def said_on(page: pypdfium2.PdfPage) -> Iterator[str]:
    """Give what annotations and form fields say beside what they show."""
    for index in range(min(pdfium.FPDFPage_GetAnnotCount(page), ANNOTATIONS)):
        annotation = pdfium.FPDFPage_GetAnnot(page, index)
        if not annotation:
            continue
        try:
            yield from filter(None, (_value(annotation, key) for key in _KEYS))
        finally:
            pdfium.FPDFPage_CloseAnnot(annotation)


def _value(annotation: object, key: bytes) -> str:
    size = min(pdfium.FPDFAnnot_GetStringValue(annotation, key, None, 0), _VALUE_OCTETS)
    if size <= len("\0".encode("utf-16-le")):
        return ""
    units = (pdfium.FPDF_WCHAR * (_VALUE_OCTETS // 2))()
    pdfium.FPDFAnnot_GetStringValue(annotation, key, units, _VALUE_OCTETS)
    return bytes(units)[: size - 2].decode("utf-16-le", "replace")
