"""Stamps that are pictures on a page which has text: scanned seals, pasted marks, drawn notes.

The layer of text does not know them; the machine reads each of them alone, cut out of the page.
"""

import ctypes
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pypdfium2
from pypdfium2 import raw

from mailbridge.reading.ocr import DPI, POINTS, SPARSE, Machine
from mailbridge.reading.rows import Page

# A page of a thousand little pictures costs no more than these.
_PICTURES = 6
_ANNOTATIONS = 100
# Points: what is lower or narrower holds no word, and what is larger is a page.
_LOW, _NARROW, _LARGE = 8.0, 20.0, 0.5
_MARGIN = 3.0

_Box = tuple[float, float, float, float]


def stamps_on(path: Path, machine: Machine) -> list[Page]:
    """Read the pictures on the first page of a PDF, each as a page of its own."""
    try:
        document = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError:
        return []
    try:
        page = document[0]
        boxes = list(dict.fromkeys(_boxes(page)))[:_PICTURES]
        with tempfile.TemporaryDirectory() as folder:
            return [_read(page, box, machine, Path(folder)) for box in boxes]
    except (pypdfium2.PdfiumError, IndexError, ValueError, OSError):
        return []
    finally:
        document.close()


def _boxes(page: pypdfium2.PdfPage) -> Iterator[_Box]:
    """Give the places of pictures, and of notes that draw something, in points."""
    width, height = page.get_size()
    images = page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=1)
    for left, bottom, right, top in (*(each.get_bounds() for each in images), *_notes(page)):
        box = (max(left, 0.0), max(bottom, 0.0), min(right, width), min(top, height))
        wide, high = box[2] - box[0], box[3] - box[1]
        if wide >= _NARROW and high >= _LOW and wide * high < width * height * _LARGE:
            yield box


def _notes(page: pypdfium2.PdfPage) -> Iterator[_Box]:
    for index in range(min(raw.FPDFPage_GetAnnotCount(page), _ANNOTATIONS)):
        annotation = raw.FPDFPage_GetAnnot(page, index)
        if not annotation:
            continue
        try:
            if raw.FPDFAnnot_GetSubtype(annotation) == raw.FPDF_ANNOT_STAMP:
                box = raw.FS_RECTF()
                raw.FPDFAnnot_GetRect(annotation, ctypes.byref(box))
                yield box.left, box.bottom, box.right, box.top
        finally:
            raw.FPDFPage_CloseAnnot(annotation)


def _read(page: pypdfium2.PdfPage, box: _Box, machine: Machine, folder: Path) -> Page:
    width, height = page.get_size()
    left, bottom, right, top = box
    scale = DPI / POINTS
    margins = (left - _MARGIN, bottom - _MARGIN, width - right - _MARGIN, height - top - _MARGIN)
    cut = tuple(max(each, 0.0) for each in margins)
    drawn = page.render(scale=scale, grayscale=True, crop=cut)
    picture = folder / "stamp.pgm"
    try:
        machine.write(drawn, picture)
    finally:
        drawn.close()
    return machine.words(picture, (right - left, top - bottom), scale, SPARSE)
