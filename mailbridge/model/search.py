"""Searching the register: words as they are indexed and asked for, what is asked, what is found.

Index and question go through the same `words`: without accents, đ as d, letters and digits alone.
"""

import re
import unicodedata
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from itertools import islice

from mailbridge.model.document import Document, DocumentState
from mailbridge.model.evidence import Verdict
from mailbridge.model.reading import Urgency

# Of the text of a document so many characters are kept for search; a book of thousands of pages
# would fill the register with what nobody looks for.
TEXT = 64 * 1024
# A word that never ends, and a document of nothing but new words, fill an index.
WORD, WORDS = 40, 8_000
# More words than a person asks for make a query that costs without end.
ASKED = 32

# Zero-width and direction marks hide a word from us and show it to the reader.
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060\ufeff]+")
# The marks of Vietnamese and of every other Latin writing; one in their midst is no mark.
_MARKS = re.compile("[\u0300-\u034e\u0350-\u036f]+")
_WORD = re.compile(r"[^\W_]+")


def words(text: str, limit: int = WORDS) -> tuple[str, ...]:
    """Give the distinct words of a text, folded, in their order.

    "Hoả tốc", "HỎA-TỐC" and "hoa toc" are the same two words.
    """
    found = (word[:WORD] for word in _WORD.findall(_folded(text)))
    return tuple(islice(dict.fromkeys(found), limit))


def compact(text: str) -> str:
    """Run all words together, so that spaces, hyphens and slashes make no difference."""
    return "".join(_WORD.findall(_folded(text)))


def _folded(text: str) -> str:
    if text.isascii():
        return text.lower()
    bare = unicodedata.normalize("NFKD", _INVISIBLE.sub("", text)).casefold()
    bare = _MARKS.sub("", bare).replace("đ", "d")
    if bare.isascii():
        return bare
    # The case of some letters is folded into letters with marks of their own.
    bare = unicodedata.normalize("NFKD", bare)
    return "".join(one for one in bare if not unicodedata.combining(one))


class Part(StrEnum):
    """Where in a document words were found."""

    FIELD = "field"
    AGENCY = "agency"
    SUBJECT = "subject"
    CERTIFICATE = "certificate"
    FILE = "file"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Span:
    """Days of Vietnam from the first to the last; None is without end."""

    first: date | None = None
    last: date | None = None

    def __bool__(self) -> bool:
        return self.first is not None or self.last is not None


@dataclass(frozen=True, slots=True)
class Filters:
    """What narrows a search; None and empty narrow nothing."""

    book: str | None = None
    year: int | None = None
    # First and last number of a book.
    ordinals: tuple[int | None, int | None] = (None, None)
    issued: Span = field(default_factory=Span)
    received: Span = field(default_factory=Span)
    entered: Span = field(default_factory=Span)
    # Identifier of the agency it came from.
    agency: str | None = None
    # Compared folded: "cong van" is Công văn.
    type: str | None = None
    urgency: frozenset[Urgency] = frozenset()
    verdict: frozenset[Verdict] = frozenset()
    state: frozenset[DocumentState] = frozenset()
    # Codes of the catalogue of statuses.
    status: frozenset[str] = frozenset()
    # Address of the person, or name of the unit.
    handler: str | None = None
    # All these words stand in the name of a signer, printed or of a certificate.
    signer: str | None = None
    has_files: bool | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """What is looked for in one office; `after` is the cursor of the page before."""

    office: str
    text: str = ""
    filters: Filters = field(default_factory=Filters)
    limit: int = 50
    after: str | None = None


@dataclass(frozen=True, slots=True)
class Match:
    """Where words of the question stand: the name of a field or file, and the text around."""

    part: Part
    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Hit:
    """A document that was found; `exact` by its number or its symbol."""

    document: Document
    exact: bool
    matches: tuple[Match, ...] = ()


@dataclass(frozen=True, slots=True)
class Page:
    """Hits in order: exact ones first, then the newest; `after` leads to the next, if there is."""

    hits: tuple[Hit, ...]
    after: str | None = None
