"""Where pictures lie on a page: one that covers it is a scan, small ones may be stamps."""

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass

import pypdfium2
from pypdfium2 import raw

# A picture that covers less of a page is a seal or a signature, and no scan.
_COVERED = 0.5
_ANNOTATIONS = 100
# Points: what is lower or narrower holds no word, and what is larger is a page.
_LOW, _NARROW, _LARGE = 8.0, 20.0, 0.5

Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Pictures:
    """Whether a picture covers the page, and the places of those that may be stamps, in points."""

    is_scan: bool = False
    stamps: tuple[Box, ...] = ()


def on_page(page: pypdfium2.PdfPage) -> Pictures:
    """Look for pictures, and for notes that draw something; none where they cannot be read."""
    try:
        width, height = page.get_size()
        images = page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=2)
        placed = [(each.level, each.get_bounds()) for each in images]
        covered = any(_area(box) > width * height * _COVERED for _, box in placed)
        boxes = (*(box for level, box in placed if level == 0), *_notes(page))
        stamps = dict.fromkeys(_stamps(boxes, width, height))
    except (pypdfium2.PdfiumError, IndexError, ValueError, OSError):
        return Pictures()
    return Pictures(covered, tuple(stamps))


def _area(box: Box) -> float:
    left, bottom, right, top = box
    return float((right - left) * (top - bottom))


def _stamps(boxes: tuple[Box, ...], width: float, height: float) -> Iterator[Box]:
    for left, bottom, right, top in boxes:
        box = (max(left, 0.0), max(bottom, 0.0), min(right, width), min(top, height))
        wide, high = box[2] - box[0], box[3] - box[1]
        if wide >= _NARROW and high >= _LOW and wide * high < width * height * _LARGE:
            yield box


def _notes(page: pypdfium2.PdfPage) -> Iterator[Box]:
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
