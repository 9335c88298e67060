"""The text of a mail for search: its main document, other PDFs and its cover, within a limit."""

from collections.abc import Iterable, Iterator, Mapping

from mailbridge.mime import legacy_fonts, syllables
from mailbridge.model.parcel import Text
from mailbridge.model.search import TEXT
from mailbridge.reading.lines import Pages
from mailbridge.reading.pdf_text import Document

# A PDF of a hundred thousand empty pages would cost as much as one with text.
PAGES = 100
# What a page gives is cut: text that lies a million times on one spot is seen by nobody.
_PAGE = 16 * 1024


def whole_text(pages: Mapping[str, Pages], texts: Iterable[Text], main: str | None) -> str:
    """Give at most `TEXT` letters of the PDFs among the files that are open, and of the cover.

    The main file comes first; what cannot be read gives nothing.
    """
    pdfs = [(path, one.document) for path, one in pages.items() if one.document is not None]
    pdfs.sort(key=lambda one: one[0] != main)
    parts: list[str] = []
    room = TEXT
    for part in _parts([document for _, document in pdfs], texts):
        parts.append(part[:room])
        room -= len(parts[-1]) + 1
        if room <= 0:
            break
    return "\n".join(parts)


def _parts(pdfs: list[Document], texts: Iterable[Text]) -> Iterator[str]:
    left = PAGES
    for document in pdfs:
        count = min(document.count, left)
        left -= count
        yield from (_modern(document.said(number)[:_PAGE]) for number in range(count))
    for text in texts:
        yield text.text


def _modern(text: str) -> str:
    """Turn text that is written for fonts from before Unicode (TCVN3, VNI) into Vietnamese."""
    if text.isascii() or syllables.share(text).is_likely():
        return text
    for decode in (legacy_fonts.tcvn, legacy_fonts.vni):
        decoded = decode(text.encode("latin-1", "replace"))
        if syllables.share(decoded).is_sure():
            return decoded
    return text
