"""The search for marks of secrecy through everything that was opened, or is about to be sent.

The regulation has it in both directions (Điều 5.1): a received mail with a mark is impounded, and
one that is to leave is blocked. Both ask `find`.
"""

from collections.abc import Iterator, Mapping
from dataclasses import fields
from pathlib import Path

from mailbridge.model.edxml import EdxmlHeader
from mailbridge.model.parcel import File, Text
from mailbridge.reading import secrecy_pages, secrecy_texts
from mailbridge.reading.lines import Pages
from mailbridge.reading.rows import Page, Piece
from mailbridge.reading.secrecy import mark_in_lines, mark_in_name, mark_in_page, mark_in_subject
from mailbridge.reading.secrecy_words import highest

_PDF = "application/pdf"
# Blanks wider than so many heights of a letter part a stamp from what stands beside it.
_GAP = 1.5


def find(
    subject: str,
    texts: tuple[Text, ...] = (),
    files: tuple[File, ...] = (),
    scratch: Path | None = None,
    edxml: EdxmlHeader | None = None,
    pages: Mapping[str, Pages] | None = None,
) -> str | None:
    """Find the highest mark of secrecy in a mail; it alone is given, and nothing around it.

    Subject, texts, the edXML header, the names of all files whether they could be opened or not,
    and the content of those that lie in `scratch`: first and last page of a PDF, Office files,
    plain texts. `pages` are those that were opened for reading, by path of file. Writes nothing and
    opens no network. What a machine must read first (`scans`) is searched by `on_scan`.
    """
    found = [*_in_words(subject, texts, files, edxml)]
    for file in files:
        if scratch is not None and file.stored and not file.refused:
            place, opened = scratch / (file.plain or file.stored), (pages or {}).get(file.path)
            found.append(_in_file(place, file.type, opened))
    return highest(found)


def in_pages(path: Path, opened: Pages | None = None) -> str | None:
    """Find the highest mark on first and last page of a PDF."""
    document = opened.document if opened is not None else None
    views = secrecy_pages.views_of(document) if document else secrecy_pages.views(path)
    title = mark_in_subject(views[0][0]) if views and views[0] else None
    ends = (opened.first, opened.last) if opened is not None else ()
    return highest([title, mark_in_page([*views, *map(_pieces, ends)])])


def on_scan(page: Page) -> str | None:
    """Find the highest mark on a page that a machine read from a picture."""
    return mark_in_page([page.lines, page.left, page.right, _pieces(page)], machine=True)


def _pieces(page: Page) -> list[str]:
    return [part.text for row in page.rows for part in _apart(row)]


def _apart(row: Piece) -> Iterator[Piece]:
    """Split a row at its wide blanks."""
    for at, _, _ in reversed(row.gaps(_GAP)):
        row, behind = row.cut(at)
        yield behind
    yield row


def _in_words(
    subject: str, texts: tuple[Text, ...], files: tuple[File, ...], edxml: EdxmlHeader | None
) -> Iterator[str | None]:
    yield mark_in_subject(subject)
    for name in dict.fromkeys(name for file in files for name in (file.name_sent, file.name)):
        yield mark_in_name(name)
    yield from map(mark_in_subject, _header(edxml))
    for text in texts:
        yield mark_in_lines(secrecy_texts.of_text(text.type, text.text))


def _in_file(path: Path, kind: str, opened: Pages | None) -> str | None:
    if kind == _PDF:
        return in_pages(path, opened)
    return mark_in_page(secrecy_texts.of_file(path, kind))


def _header(edxml: EdxmlHeader | None) -> list[str]:
    """List every word of an edXML header: it has no field for secrecy, so that any may name it."""
    values = [getattr(edxml, each.name) for each in fields(edxml)] if edxml else []
    return [value for value in values if isinstance(value, str)]
