"""Books and their numbers: gapless and unique in book and year, also under concurrency."""

from datetime import date, datetime

from sqlalchemy import bindparam, insert, update

from mailbridge.model.outcome import Number
from mailbridge.registry import tables
from mailbridge.registry.database import Transaction

_BOOK, _ENTRY = tables.table(tables.Book), tables.table(tables.Entry)
_NEXT = (
    update(_BOOK)
    .where(_BOOK.c.book == bindparam("of"), _BOOK.c.year == bindparam("its_year"))
    .values(last=_BOOK.c.last + 1)
    .returning(_BOOK.c.last)
)
_OPEN = insert(_BOOK)
_ENTER = insert(_ENTRY)


def enter(tx: Transaction, book: str, document: int, day: date, now: datetime) -> Number:
    """Give the document the next number of the book's year; `day` is in Vietnam time.

    The counter row and the entry are of one transaction: who rolls back leaves no gap.
    """
    last = tx.run(_NEXT, of=book, its_year=day.year).scalar()
    if last is None:
        last = 1
        tx.run(_OPEN, book=book, year=day.year, last=last)
    number = Number(book, day.year, last)
    tx.run(
        _ENTER,
        book=book,
        year=day.year,
        ordinal=number.ordinal,
        document=document,
        entered_at=now,
    )
    return number
