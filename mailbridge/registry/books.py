"""Books and their numbers: gapless and unique in book and year, also under concurrency."""

from datetime import date, datetime

from mailbridge.model.outcome import Number
from mailbridge.registry import tables
from mailbridge.registry.database import Transaction


def enter(tx: Transaction, book: str, document: int, day: date, now: datetime) -> Number:
    """Give the document the next number of the book's year; `day` is in Vietnam time.

    The counter row and the entry are of one transaction: who rolls back leaves no gap.
    """
    counter = tx.session.get(tables.Book, (book, day.year))
    if counter is None:
        counter = tables.Book(book=book, year=day.year, last=1)
    else:
        counter.last += 1
    tx.session.add(counter)
    tx.session.flush()
    number = Number(book, day.year, counter.last)
    entry = tables.Entry(
        book=book, year=day.year, ordinal=number.ordinal, document=document, entered_at=now
    )
    tx.session.add(entry)
    tx.session.flush()
    return number
