"""Search in one office: exact numbers and symbols first, then whatever has all words, newest first.

Nothing that is typed is ever read as syntax. What was superseded, impounded or withheld is not
found. The same question gives the same pages on every engine.
"""

import base64
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import Select, bindparam
from sqlalchemy import select as columns
from sqlmodel import col, select

from mailbridge.model.search import ASKED, Hit, Page, Question, words
from mailbridge.registry import (
    book_tables,
    documents,
    search_filters,
    search_index,
    search_matches,
    search_rows,
    search_words,
    tables,
)
from mailbridge.registry.database import Transaction

# 431, 431/2026, BOOK:431/2026, with spaces anywhere.
_NUMBER = re.compile(r"(?:([^:]{1,40}):)?\s*([0-9]{1,9})\s*(?:/\s*([0-9]{4}))?")
# One question finds no more exact ones than there are books and years.
_EXACT = 1_000
# Candidates are looked at in pieces that grow, while filters turn most of them away.
_PIECE, _GROWTH, _LARGEST = 64, 4, 4_096
# After so many it is the filters that lead, if they can.
_LOOKED = 300

_DOCUMENT = tables.table(tables.Document)
_ENTRY = tables.table(book_tables.Entry)


class CursorError(ValueError):
    """What was given as a cursor is none."""


@dataclass(frozen=True, slots=True)
class _Cursor:
    """The last hit of a page: whether it was an exact one, and its document."""

    document: int
    exact: bool

    def __str__(self) -> str:
        plain = f"{int(self.exact)}.{self.document}"
        return base64.urlsafe_b64encode(plain.encode()).decode().rstrip("=")

    @classmethod
    def read(cls, text: str) -> "_Cursor":
        """Read what `str` wrote; raises CursorError."""
        try:
            plain = base64.urlsafe_b64decode(text.encode() + b"==").decode("ascii")
        except ValueError as error:
            raise CursorError(text) from error
        match = re.fullmatch(r"([01])\.([0-9]{1,15})", plain)
        if match is None:
            raise CursorError(text)
        return cls(int(match[2]), exact=match[1] == "1")


def find(tx: Transaction, question: Question) -> Page:
    """Give a page of what is found; raises CursorError."""
    cursor = _Cursor.read(question.after) if question.after is not None else None
    found: list[_Cursor] = []
    for one in _in_order(tx, question, cursor):
        found.append(one)
        if len(found) > question.limit:
            break
    shown = found[: question.limit]
    return Page(
        _hits(tx, shown, question.text), str(shown[-1]) if len(found) > len(shown) else None
    )


def _in_order(tx: Transaction, question: Question, cursor: _Cursor | None) -> Iterator[_Cursor]:
    exact = _exact(tx, question)
    if cursor is None or cursor.exact:
        for document in _permitted(tx, question, sorted(exact, reverse=True)):
            if cursor is None or document < cursor.document:
                yield _Cursor(document, exact=True)
        cursor = None
    for document in _with_words(tx, question, cursor.document if cursor else None):
        if document not in exact:
            yield _Cursor(document, exact=False)


def _exact(tx: Transaction, question: Question) -> frozenset[int]:
    """Find documents whose number in a book, or whose symbol, is what was typed."""
    if not words(question.text):
        return frozenset()
    symbol = search_words.wanted(question.office, [(search_words.symbol(question.text),)])
    found = set(tx.run(_matching(tx, symbol, None).limit(_EXACT)).scalars())
    match = _NUMBER.fullmatch(question.text.strip())
    if match is not None:
        found |= set(tx.run(_numbered(question.office, match)).scalars())
    return frozenset(found)


def _numbered(office: str, match: re.Match[str]) -> Select[tuple[int]]:
    book, ordinal, year = match.groups()
    found = columns(_ENTRY.c.document).where(
        _ENTRY.c.ordinal == int(ordinal), _ENTRY.c.office == office, _ENTRY.c.document.is_not(None)
    )
    if book is not None:
        found = found.where(_ENTRY.c.book == book.strip())
    if year is not None:
        found = found.where(_ENTRY.c.year == int(year))
    return found.order_by(_ENTRY.c.document.desc()).limit(_EXACT)


def _with_words(tx: Transaction, question: Question, before: int | None) -> Iterator[int]:
    """Give documents that have every word, the newest first, as they are asked for."""
    asked = words(question.text, ASKED)
    if question.text.strip() and not asked:
        # Signs alone were typed: no document has them.
        return
    groups = [*((word,) for word in asked), *search_words.groups(question.filters)]
    wanted = search_words.wanted(question.office, groups)
    by_rows = search_rows.rows(question.office, question.filters)
    piece, looked = min(max(_PIECE, question.limit + 1), _LARGEST), 0
    while True:
        if by_rows is not None and looked >= _LOOKED:
            # The filters turn nearly all away: they themselves lead to what they let through.
            candidates = tx.run(by_rows(before, piece)).scalars().all()
            has = search_index.of_engine(tx).among(tx, wanted, candidates)
            yield from _permitted(tx, question, [one for one in candidates if one in has])
        else:
            candidates = tx.run(_matching(tx, wanted, before).limit(piece)).scalars().all()
            yield from _permitted(tx, question, candidates)
        if len(candidates) < piece:
            return
        looked += piece
        before, piece = candidates[-1], min(piece * _GROWTH, _LARGEST)


def _matching(
    tx: Transaction, wanted: list[tuple[str, ...]], before: int | None
) -> Select[tuple[int]]:
    found: Select[tuple[int]] = search_index.of_engine(tx).matching(wanted, before)
    return found


def _permitted(tx: Transaction, question: Question, candidates: Sequence[int]) -> list[int]:
    """Keep those of the office that the filters let through, in their order."""
    if not candidates:
        return []
    # The limit keeps these rows a table of their own: no planner then looks for them by the office,
    # through an index that holds all of them.
    row = (
        columns(_DOCUMENT)
        .where(_DOCUMENT.c.id.in_(bindparam("candidates", expanding=True)))
        .limit(len(candidates))
        .subquery("row")
    )
    found = (
        columns(row.c.id)
        .outerjoin(_ENTRY, _ENTRY.c.document == row.c.id)
        .where(
            # Offices may share a key in the index: that none sees another's is decided here.
            row.c.office == question.office,
            row.c.superseded_by.is_(None),
            *search_filters.conditions(question.filters, row),
        )
    )
    kept = set(tx.run(found, candidates=candidates).scalars())
    return [one for one in candidates if one in kept]


def _hits(tx: Transaction, shown: Sequence[_Cursor], typed: str) -> tuple[Hit, ...]:
    """Read what is shown, and say of each where it has the words."""
    asked = words(typed, ASKED)
    rows = select(tables.Document).where(col(tables.Document.id).in_([o.document for o in shown]))
    found = {row.id: row for row in tx.session.exec(rows)}
    read = documents.values(tx, [found[one.document] for one in shown])
    return tuple(
        Hit(source.document, one.exact, search_matches.matches(source, asked))
        for one, source in zip(shown, search_index.sources(tx, read), strict=True)
    )
