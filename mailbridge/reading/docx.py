"""Pages of a Word document (ECMA-376): its paragraphs where Word would put them, one page of them.

Only `word/document.xml` is read, within limits; whatever else the package holds stays closed.
"""

import zipfile
from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from mailbridge.mime.xmltree import parse
from mailbridge.model.errors import RefusedError
from mailbridge.reading.rows import Page, Piece, Word

TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_PART = "word/document.xml"
# A document of megabytes is text of hundreds of pages; a few kilobytes may unpack to gigabytes.
_OCTETS = 8 * 1024 * 1024
_MEMBERS = 5_000
# Head and foot are read: so many paragraphs from the front, and as many from the end.
_PARAGRAPHS = 400
_LETTERS = 2_000
_DEPTH = 4
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
# Width of a page of A4 with its margins, height of a line, width of a letter; in points.
_LEFT, _RIGHT, _PITCH, _LETTER, _SIZE = 85.0, 553.0, 16.0, 5.6, 11.0
_HEIGHT = 842.0


def page_of(path: Path) -> Page | None:
    """Read a document as one long page; None where it is none."""
    try:
        root = parse(_document(path))
    except (RefusedError, OSError, zipfile.BadZipFile, KeyError, NotImplementedError, RuntimeError):
        return None
    body = root.find(f"{_W}body")
    if body is None:
        return None
    rows = list(_rows(body))
    if len(rows) > 2 * _PARAGRAPHS:
        rows = [*rows[:_PARAGRAPHS], *rows[-_PARAGRAPHS:]]
    top = max(_HEIGHT, _PITCH * (len(rows) + 4))
    placed = (_row(cells, top - _PITCH * (at + 2)) for at, cells in enumerate(rows))
    # Its height is that of one page, so that the head ends where a head does.
    return Page(tuple(row for row in placed if row), height=top)


def _document(path: Path) -> bytes:
    with zipfile.ZipFile(path) as package:
        if len(package.infolist()) > _MEMBERS:
            raise zipfile.BadZipFile("a package of too many parts")
        with package.open(_PART) as part:
            octets = part.read(_OCTETS + 1)
    if len(octets) > _OCTETS:
        raise zipfile.BadZipFile("a document over the limit")
    return octets


_Line = tuple[str, bool, bool]
"""Text, whether it is bold, and whether it is centred."""


def _rows(parent: etree._Element, depth: int = 0) -> Iterator[list[list[_Line]]]:
    """Give rows of cells; a paragraph is a row of one cell, with one line."""
    for child in parent:
        if child.tag == f"{_W}p":
            yield from ([[line]] for line in _lines(child))
        elif child.tag == f"{_W}tbl" and depth < _DEPTH:
            for row in child.iterfind(f"{_W}tr"):
                yield from _side_by_side([_cell(cell) for cell in row.iterfind(f"{_W}tc")])
        elif child.tag in {f"{_W}sdt", f"{_W}sdtContent"} and depth < _DEPTH:
            yield from _rows(child, depth + 1)


def _cell(cell: etree._Element) -> list[_Line]:
    return [line for paragraph in cell.iter(f"{_W}p") for line in _lines(paragraph)]


def _side_by_side(cells: list[list[_Line]]) -> Iterator[list[list[_Line]]]:
    """Lay the lines of two cells beside one another; of a table of more, each row is a row."""
    for at in range(max(map(len, cells), default=0)):
        yield [cell[at : at + 1] for cell in cells]


def _lines(paragraph: etree._Element) -> Iterator[_Line]:
    properties = paragraph.find(f"{_W}pPr/{_W}jc")
    centred = properties is not None and properties.get(f"{_W}val") == "center"
    text, weights = "", [0, 0]
    for node in paragraph.iter(f"{_W}t", f"{_W}br", f"{_W}tab"):
        said = (
            (node.text or "") if node.tag == f"{_W}t" else "\n" if node.tag == f"{_W}br" else "\t"
        )
        text += said[: _LETTERS - len(text)]
        weights[_is_bold(node)] += len(said.strip())
    for line in text.split("\n"):
        if line.strip():
            yield line, weights[1] > weights[0], centred


def _is_bold(node: etree._Element) -> bool:
    run = node.getparent()
    mark = run.find(f"{_W}rPr/{_W}b") if run is not None else None
    return mark is not None and mark.get(f"{_W}val") not in {"0", "false"}


def _row(cells: list[list[_Line]], y: float) -> Piece | None:
    """Place the cells of a row; two are the columns of a head or a foot."""
    words: list[Word] = []
    width = (_RIGHT - _LEFT) / max(len(cells), 1)
    for at, cell in enumerate(cells):
        for text, bold, centred in cell:
            # Tabs are how heads are made without tables.
            parts = [part for part in text.split("\t") if part.strip()]
            share = width / max(len(parts), 1)
            for number, part in enumerate(parts):
                left = _LEFT + at * width + number * share
                words += _words(part, left, share, y, bold=bold, centred=centred)
    return Piece(tuple(words)) if words else None


def _words(
    text: str, left: float, width: float, y: float, *, bold: bool, centred: bool
) -> Iterator[Word]:
    # What does not fit its cell is drawn closer: the next cell stays where it is.
    letter = min(_LETTER, (width - 12) / max(len(text), 1))
    x = left + max(0.0, (width - letter * len(text)) / 2) if centred else left
    for word in text.split():
        right = x + letter * len(word)
        yield Word(word, x, right, y, _SIZE * min(1.0, letter / _LETTER), bold, spaced=True)
        x = right + letter * 0.8
