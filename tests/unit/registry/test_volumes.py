"""A volume holds all numbers of its days, each in its place, and none of another office."""

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest

from mailbridge.model.document import Document
from mailbridge.model.outcome import BookName, Direction
from mailbridge.model.slot import Arrival, Fingerprint
from mailbridge.registry import books, documents, entries, ledger, volumes
from mailbridge.registry.books import Purpose
from mailbridge.registry.database import Database
from tests.unit.registry.conftest import CAUSE, DEN, DI, NOW, OFFICE

# 23:30 and 00:30 of Vietnam, around the end of 24/11/2026.
LATE, EARLY = datetime(2026, 11, 24, 16, 30, tzinfo=UTC), datetime(2026, 11, 24, 17, 30, tzinfo=UTC)


@pytest.fixture
def filled(
    database: Database, arrival: Callable[..., Arrival], document: Callable[..., Document]
) -> Database:
    """Three numbers of our book on two days, and one of another book."""
    with database.transaction() as tx:
        for uid, (book, at) in enumerate(
            ((DEN, NOW), (DEN, LATE), (BookName(OFFICE, "khac"), NOW), (DEN, EARLY)), 1
        ):
            mail = ledger.begin(tx, arrival(uid), Fingerprint("f" * 64), NOW).ledger
            added = documents.add(tx, document(mail, symbol=f"{uid}-CV/VPTU"))
            books.enter(tx, book, added, at.date(), at)
    return database


def _numbers(database: Database, first: date | None, until: date | None) -> list[int]:
    with database.reading() as tx:
        return [line.number.ordinal for line in volumes.lines(tx, DEN, first, until)]


def test_all_numbers_stand_in_their_order_with_their_documents(filled: Database) -> None:
    with filled.reading() as tx:
        found = volumes.lines(tx, DEN, None, None)
    assert [line.number.ordinal for line in found] == [1, 2, 3]
    assert [line.document.key.symbol for line in found if line.document] == [
        "1-CV/VPTU", "2-CV/VPTU", "4-CV/VPTU",
    ]  # fmt: skip


def test_days_are_those_of_vietnam_and_both_ends_are_included(filled: Database) -> None:
    day, next_day = date(2026, 11, 24), date(2026, 11, 25)
    assert _numbers(filled, day, day) == [1, 2]
    assert _numbers(filled, next_day, None) == [3]
    assert _numbers(filled, None, date(2026, 11, 23)) == []


def test_another_office_has_books_of_its_own(filled: Database) -> None:
    with filled.reading() as tx:
        assert volumes.lines(tx, BookName("OTHER", "den"), None, None) == ()


def test_what_is_reserved_or_void_stands_in_its_place_and_says_why(database: Database) -> None:
    purpose = Purpose(direction=Direction.OUT, words="về ngân sách", by="An", printed=str)
    with database.transaction() as tx:
        taken = [books.take(tx, DI, "", 2026, purpose, NOW)[0] for _ in range(2)]
        second = entries.get(tx, taken[1])
        assert second is not None
        entries.void(tx, second, CAUSE)
        reserved, void = volumes.lines(tx, DI, None, None)
    assert (reserved.is_void, reserved.note, reserved.summary) == (
        False,
        "Giữ số: An",
        "về ngân sách",
    )
    assert (void.is_void, void.note) == (True, f"Hủy số: {CAUSE.why}")
