"""Stamps that are pictures on a page which has text: scanned seals, pasted marks, drawn notes.

The layer of text does not know them; the machine reads each of them alone, cut out of the page.
"""

import tempfile
from pathlib import Path

import pypdfium2

from mailbridge.reading.ocr import DPI, POINTS, SPARSE, Machine
from mailbridge.reading.pictures import Box
from mailbridge.reading.rows import Page

# A page of a thousand little pictures costs no more than these.
_PICTURES = 6
_MARGIN = 3.0


def stamps_on(path: Path, boxes: tuple[Box, ...], machine: Machine) -> list[Page]:
    """Read what lies in these places of the first page of a PDF, each as a page of its own."""
    if not boxes:
        return []
    try:
        document = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError:
        return []
    try:
        page = document[0]
        with tempfile.TemporaryDirectory() as folder:
            return [_read(page, box, machine, Path(folder)) for box in boxes[:_PICTURES]]
    except (pypdfium2.PdfiumError, IndexError, ValueError, OSError):
        return []
    finally:
        document.close()


def _read(page: pypdfium2.PdfPage, box: Box, machine: Machine, folder: Path) -> Page:
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
