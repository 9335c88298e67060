"""The text of a mail for search: its main document, other PDFs and its cover, within a limit."""

from collections.abc import Iterable, Iterator
from pathlib import Path

import pypdfium2

from mailbridge.mime import legacy_fonts, syllables
from mailbridge.model.parcel import File, Text
from mailbridge.model.search import TEXT

# A PDF of a hundred thousand empty pages would cost as much as one with text.
PAGES = 100
# What a page gives is cut: text that lies a million times on one spot is seen by nobody.
_PAGE = 16 * 1024


def whole_text(
    files: Iterable[File], scratch: Path, texts: Iterable[Text], main: str | None
) -> str:
    """Give at most `TEXT` letters, the main file first; what cannot be read gives nothing."""
    pdfs = [one for one in files if one.type == "application/pdf" and one.stored]
    pdfs.sort(key=lambda one: one.path != main)
    parts: list[str] = []
    room = TEXT
    for part in _parts(pdfs, scratch, texts):
        parts.append(part[:room])
        room -= len(parts[-1]) + 1
        if room <= 0:
            break
    return "\n".join(parts)


def _parts(pdfs: list[File], scratch: Path, texts: Iterable[Text]) -> Iterator[str]:
    left = PAGES
    for file in pdfs:
        for page in _pages(scratch / (file.plain or file.stored), left):
            left -= 1
            yield page
    for text in texts:
        yield text.text


def _pages(path: Path, limit: int) -> Iterator[str]:
    try:
        document = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError:
        return
    try:
        for number in range(min(len(document), limit)):
            yield _page(document, number)
    finally:
        document.close()


def _page(document: pypdfium2.PdfDocument, number: int) -> str:
    try:
        page = document[number]
    except (pypdfium2.PdfiumError, IndexError, ValueError):
        return ""
    try:
        text = page.get_textpage()
        try:
            found: str = text.get_text_range(0, min(text.count_chars(), _PAGE), errors="ignore")
        finally:
            text.close()
    except pypdfium2.PdfiumError:
        return ""
    finally:
        page.close()
    return _modern(found)


def _modern(text: str) -> str:
    """Turn text that is written for fonts from before Unicode (TCVN3, VNI) into Vietnamese."""
    if text.isascii() or syllables.share(text).is_likely():
        return text
    for decode in (legacy_fonts.tcvn, legacy_fonts.vni):
        decoded = decode(text.encode("latin-1", "replace"))
        if syllables.share(decoded).is_sure():
            return decoded
    return text
