"""Which number a draft bears: a reserved one, the book's next, or one of another system."""

import re
from datetime import date, datetime

from mailbridge.actions.entering import Wish, take_outgoing, use_reserved
from mailbridge.actions.house import Chancery
from mailbridge.clock import in_vietnam
from mailbridge.letters.receipts import day_of
from mailbridge.model.document import Document
from mailbridge.model.entry import Entry, EntryState
from mailbridge.model.outcome import Direction
from mailbridge.model.reading import FieldName
from mailbridge.model.sending import Draft, Hindrance, NumberWish, Weigh
from mailbridge.registry import entries
from mailbridge.registry.database import Transaction
from mailbridge.rules.numbering import NumberingError, series_year

_ORDINAL = re.compile(r"\d{1,9}")


class HinderedError(Exception):
    """Something hinders the sending that only the register knows; nothing is written."""

    def __init__(self, code: str, words: str) -> None:
        super().__init__(code)
        self.hindrance = Hindrance(code, Weigh.BLOCK, words)


def numbered(
    tx: Transaction, chancery: Chancery, draft: Draft, document: Document, who: str, now: datetime
) -> Entry | None:
    """Give a stored document its number; None where another system gave it.

    Raises HinderedError where the number that is printed on it is not the one that it would get:
    what is signed cannot be changed, so that the book must follow or the person must.
    """
    if draft.number is NumberWish.PRINTED:
        if not document.key.symbol:
            raise HinderedError("symbol-missing", "Văn bản không in số và ký hiệu.")
        return None
    printed = _ordinal(document.key.symbol)
    issued = day_of(document.key.date) or in_vietnam(now).date()
    held = _reserved(tx, chancery, draft, printed, issued)
    if held is not None:
        use_reserved(tx, held, document.id, who, now)
        return held
    if draft.number is NumberWish.RESERVED:
        words = f"Số {draft.reserved or printed or ''} không phải số đang giữ của sổ văn bản đi."
        raise HinderedError("number-not-reserved", words)
    return _next(tx, chancery, draft, document, who, now)


def _next(
    tx: Transaction, chancery: Chancery, draft: Draft, document: Document, who: str, now: datetime
) -> Entry:
    read = document.reading.value
    wish = Wish(
        book=draft.book, type=read(FieldName.TYPE) or "", words=read(FieldName.SUMMARY) or ""
    )
    try:
        entry = take_outgoing(tx, chancery, wish, document.id, who, now)
    except NumberingError as error:
        raise HinderedError("number", str(error)) from error
    printed = _ordinal(document.key.symbol)
    if printed is not None and printed != entry.number.ordinal:
        raise HinderedError(
            "number-differs",
            f"Số in trên văn bản là {printed} nhưng sổ đang ở số {entry.number.ordinal}.",
        )
    if printed is None and not entry.symbol:
        words = "Văn bản không in số và ký hiệu, và sổ không tự lập được ký hiệu."
        raise HinderedError("symbol-missing", words)
    return entry


def _reserved(
    tx: Transaction, chancery: Chancery, draft: Draft, printed: int | None, issued: date
) -> Entry | None:
    """Find the reserved number that is meant, or that bears the number that is printed.

    A number of another year or term is another one.
    """
    if draft.reserved is not None:
        entry = entries.get(tx, draft.reserved)
        fits = entry is not None and entry.office == chancery.code and _waits(entry)
        if entry is None or not fits or printed not in {None, entry.number.ordinal}:
            words = f"Số {entry.name if entry else draft.reserved} không giữ cho văn bản này."
            raise HinderedError("number-not-reserved", words)
        return entry
    if printed is None:
        return None
    waiting = [
        entry
        for entry in entries.reserved(tx, chancery.code)
        if _waits(entry)
        and entry.number.ordinal == printed
        and draft.book in {None, entry.number.book}
        and _is_of(chancery, entry, issued)
    ]
    if len(waiting) > 1:
        names = ", ".join(entry.name for entry in waiting)
        raise HinderedError("number-ambiguous", f"Nhiều số đang giữ là {printed}: {names}.")
    return waiting[0] if waiting else None


def _is_of(chancery: Chancery, entry: Entry, day: date) -> bool:
    """Tell whether a number stands in the series that gives the numbers of that day."""
    book = chancery.book(entry.number.book)
    return book is not None and series_year(book.policy, day) == entry.number.year


def _waits(entry: Entry) -> bool:
    return entry.direction is Direction.OUT and entry.state is EntryState.RESERVED


def _ordinal(symbol: str | None) -> int | None:
    found = _ORDINAL.match(symbol or "")
    return int(found[0]) if found else None
