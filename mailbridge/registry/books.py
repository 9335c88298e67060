"""Books and their numbers: gapless and unique in book, series and year, also under concurrency."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import bindparam, insert, update

from mailbridge.model.outcome import BookName, Direction, Number
from mailbridge.registry import book_tables, tables
from mailbridge.registry.database import Transaction

_BOOK, _ENTRY = tables.table(book_tables.Book), tables.table(book_tables.Entry)
_NEXT = (
    update(_BOOK)
    .where(
        _BOOK.c.office == bindparam("of_office"),
        _BOOK.c.book == bindparam("of"),
        _BOOK.c.series == bindparam("its_series"),
        _BOOK.c.year == bindparam("its_year"),
    )
    .values(last=_BOOK.c.last + 1)
    .returning(_BOOK.c.last)
)
_OPEN = insert(_BOOK)
_ENTER = insert(_ENTRY)


@dataclass(frozen=True, slots=True)
class Purpose:
    """What a number is given for: a document, or one that is to be printed and signed yet."""

    document: int | None = None
    direction: Direction = Direction.IN
    type: str = ""
    words: str = ""
    by: str = ""
    # Number and notation as printed, made of the ordinal; None where they cannot be told.
    printed: Callable[[int], str | None] | None = None


def enter(tx: Transaction, book: BookName, document: int, day: date, now: datetime) -> Number:
    """Give an incoming document the next number of the year; `day` is in Vietnam time."""
    _, number = take(tx, book, "", day.year, Purpose(document), now)
    return number


def take(
    tx: Transaction, book: BookName, series: str, year: int, purpose: Purpose, now: datetime
) -> tuple[int, Number]:
    """Take the next number of a series; gives the id of its entry, and the number.

    The counter row and the entry are of one transaction: who rolls back leaves no gap.
    """
    named = {"office": book.office, "book": book.book, "series": series, "year": year}
    last = tx.run(
        _NEXT, of_office=book.office, of=book.book, its_series=series, its_year=year
    ).scalar()
    if last is None:
        last = 1
        tx.run(_OPEN, **named, last=last)
    entered = tx.run(
        _ENTER,
        **named,
        ordinal=last,
        document=purpose.document,
        entered_at=now,
        direction=purpose.direction,
        symbol=purpose.printed(last) if purpose.printed else None,
        type=purpose.type,
        purpose=purpose.words,
        taken_by=purpose.by,
    )
    return (entered.inserted_primary_key or (0,))[0], Number(book.book, year, last, series)
