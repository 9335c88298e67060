"""Books and their numbers: gapless and unique in book and year, also under concurrency."""

from datetime import date, datetime

from sqlalchemy import bindparam, insert, update

from mailbridge.model.outcome import BookName, Number
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


def enter(tx: Transaction, book: BookName, document: int, day: date, now: datetime) -> Number:
    """Give the document the next number of the book's year; `day` is in Vietnam time.

    The counter row and the entry are of one transaction: who rolls back leaves no gap.
    """
    named = {"office": book.office, "book": book.book, "series": "", "year": day.year}
    last = tx.run(
        _NEXT, of_office=book.office, of=book.book, its_series="", its_year=day.year
    ).scalar()
    if last is None:
        last = 1
        tx.run(_OPEN, **named, last=last)
    tx.run(_ENTER, **named, ordinal=last, document=document, entered_at=now)
    return Number(book.book, day.year, last)
