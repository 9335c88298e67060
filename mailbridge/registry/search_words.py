"""What of a document is searched, and the words under which it stands in the index.

Beside the words of its text stand marks: what a filter asks for. A mark holds letters that no
word has, so that nobody who types finds one. Words and marks begin with the key of the office: it
finds its own as quickly as if it were alone, however many share the register.
"""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from mailbridge.clock import in_vietnam
from mailbridge.model.directory import Agency
from mailbridge.model.document import Document
from mailbridge.model.reading import FieldName
from mailbridge.model.search import Filters, Part, Span, compact, words

# Says nothing that a person would look for.
_SILENT = {"pages", "urgency"}
# A span of more months is looked through document by document.
_MONTHS = 36
# No symbol, code or address is longer; PostgreSQL takes no word of more than 2,046 octets.
_MARK = 120
# Every document has it.
_ANY = "§"


@dataclass(frozen=True, slots=True)
class Said:
    """A piece of text of a document, with the name of the field or file that says it."""

    part: Part
    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Source:
    """A document with what the index knows of it beside its row."""

    document: Document
    agency: Agency | None
    text: str
    signers: tuple[str, ...]


def said(source: Source) -> Iterator[Said]:
    """Give everything that is searched, what a person looks at first before the rest."""
    document = source.document
    yield Said(Part.FIELD, "symbol", document.key.symbol or "")
    yield Said(Part.FIELD, "date", document.key.date or "")
    for name, field in document.reading.fields.items():
        if name.value not in _SILENT:
            yield Said(Part.FIELD, name.value, field.value)
    yield Said(Part.AGENCY, "name", document.agency_name)
    yield Said(Part.AGENCY, "code", document.key.agency)
    if source.agency is not None:
        yield Said(Part.AGENCY, "symbol", source.agency.symbol)
    yield Said(Part.AGENCY, "sender", document.sender)
    yield Said(Part.SUBJECT, "subject", document.subject)
    for signer in source.signers:
        yield Said(Part.CERTIFICATE, "certificate", signer)
    for file in document.files:
        yield Said(Part.FILE, file.name, file.name)
    yield Said(Part.TEXT, "text", source.text)


def entry_of(source: Source) -> list[str]:
    """Give all words and marks of a document, each once, as its office's."""
    texts = "\n".join(piece.text for piece in said(source))
    key = _key(source.document.office)
    return [key + word for word in (_ANY, *marks_of(source), *words(texts))]


def wanted(office: str, groups: Iterable[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """Give groups of words as those of an office; of every document where none are given."""
    key = _key(office)
    return [tuple(key + word for word in group) for group in groups] or [(key + _ANY,)]


def _key(office: str) -> str:
    """Shorten the identifier of an office; two with the same are told apart by their rows."""
    return hashlib.blake2b(office.encode(), digest_size=2).hexdigest()


def marks_of(source: Source) -> list[str]:
    """Give the marks of a document: what filters and exact symbols ask for."""
    document = source.document
    printed = document.reading.value(FieldName.SIGNER) or ""
    signers = words("\n".join([printed, *source.signers]))
    marks = [
        symbol(document.key.symbol or ""),
        _mark("a", document.key.agency.lower()),
        _mark("t", compact(document.reading.value(FieldName.TYPE) or "")),
        _mark("u", document.urgency),
        _mark("v", document.verdict),
        _month("r", _day(document.received_at)),
        *(_mark("s", signer) for signer in signers),
    ]
    issued = _date(document.key.date)
    return [*marks, _month("i", issued)] if issued else marks


def symbol(text: str) -> str:
    """Mark a number and notation, however it was spaced."""
    return _mark("n", compact(text))


def groups(filters: Filters) -> Iterator[tuple[str, ...]]:
    """Give marks of which a document must have one of each group."""
    if filters.agency is not None:
        yield (_mark("a", filters.agency.lower()),)
    if filters.type is not None:
        yield (_mark("t", compact(filters.type)),)
    if filters.urgency:
        yield tuple(sorted(_mark("u", one) for one in filters.urgency))
    if filters.verdict:
        yield tuple(sorted(_mark("v", one) for one in filters.verdict))
    for signer in words(filters.signer or ""):
        yield (_mark("s", signer),)
    for name, span in (("r", filters.received), ("i", filters.issued)):
        months = tuple(_months(name, span))
        if months:
            yield months


def _mark(name: str, value: str) -> str:
    """Write a mark: no space and no sign of ASCII, which are not letters to the index."""
    value = value[:_MARK]
    if not value.isalnum():
        value = "".join(one if one.isalnum() else f"·{ord(one):x}·" for one in value)
    return f"§{name}·{value}"


def _months(name: str, span: Span) -> Iterator[str]:
    first, last = span.first, span.last
    if first is None or last is None:
        return
    begin, end = first.year * 12 + first.month - 1, last.year * 12 + last.month - 1
    if end - begin < _MONTHS:
        for month in range(begin, end + 1):
            yield _month(name, date(month // 12, month % 12 + 1, 1))


def _month(name: str, day: date) -> str:
    return _mark(name, f"{day.year:04}{day.month:02}")


def _day(moment: datetime) -> date:
    return in_vietnam(moment).date()


def _date(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text or "")
    except ValueError:
        return None
