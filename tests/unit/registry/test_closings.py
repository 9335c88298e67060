"""A closed day can be recomputed as it stood, and names what differs."""

import sqlite3
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from mailbridge.model.document import Document
from mailbridge.model.outcome import BookName, Direction
from mailbridge.model.reading import Field, FieldName
from mailbridge.registry import books, closings, corrections, documents, entries, journal
from mailbridge.registry.books import Purpose
from mailbridge.registry.database import Database, Transaction
from mailbridge.registry.revisions import Cause
from tests.unit.registry.conftest import DI, NOW, OFFICE

Make = Callable[..., Document]
DAY = timedelta(days=1)


def _enter(tx: Transaction, document: Document, now: datetime = NOW) -> int:
    added = documents.add(tx, document)
    book = BookName(document.office, "den")
    books.enter(tx, book, added, now.date(), now)
    journal.append(tx, document.office, "settled", f"document:{added}", {}, now)
    return added


def _cause(tx: Transaction, now: datetime) -> Cause:
    return Cause("gõ nhầm", "An", journal.append(tx, OFFICE, "corrected", "x", {}, now), now)


def _correct(tx: Transaction, added: int, value: str, now: datetime) -> None:
    before = documents.get(tx, added)
    assert before is not None
    fields = before.reading.fields | {FieldName.SUMMARY: Field(value, "clerk", 1.0)}
    after = replace(before, reading=replace(before.reading, fields=fields))
    corrections.write(tx, before, after, corrections.between(before, after), _cause(tx, now))


def _close_all(database: Database, now: datetime) -> list[str]:
    closed = []
    with database.transaction() as tx:
        for day in closings.open_days(tx, OFFICE, now):
            closings.close(tx, OFFICE, day, now)
            closed.append(day)
    return closed


def _differs(database: Database, day: str | None = None) -> list[str]:
    with database.reading() as tx:
        return [one for check in closings.verify(tx, OFFICE, day) for one in check.differs]


@pytest.fixture
def closed(database: Database, document: Make) -> Database:
    """A register with a closed day of two documents and a reserved number."""
    with database.transaction() as tx:
        for symbol in ("1-CV/VPTU", "2-CV/VPTU"):
            _enter(tx, document(0, symbol=symbol))
        purpose = Purpose(direction=Direction.OUT, words="ngân sách")
        books.take(tx, DI, "QĐ", 2025, purpose, NOW)
        journal.append(tx, OFFICE, "number-reserved", "x", {}, NOW)
    assert _close_all(database, NOW + DAY) == ["2026-11-24"]
    return database


def test_days_that_are_over_are_open_until_they_are_closed(
    database: Database, document: Make
) -> None:
    with database.transaction() as tx:
        assert closings.open_days(tx, OFFICE, NOW) == ()
        # 23:30 in Vietnam is 16:30 UTC: still the 24th.
        _enter(tx, document(0), datetime(2026, 11, 24, 16, 30, tzinfo=UTC))
        assert closings.open_days(tx, OFFICE, datetime(2026, 11, 24, 16, 59, tzinfo=UTC)) == ()
        midnight = datetime(2026, 11, 24, 17, 0, tzinfo=UTC)
        assert closings.open_days(tx, OFFICE, midnight) == ("2026-11-24",)
    assert _close_all(database, NOW + 3 * DAY) == ["2026-11-24", "2026-11-25", "2026-11-26"]
    assert _close_all(database, NOW + 3 * DAY) == []
    with database.reading() as tx:
        found = closings.of_office(tx, OFFICE)
        assert closings.of_office(tx, "OTHER") == ()
    assert [one.entries for one in found] == [0, 0, 1]
    assert [one.previous for one in found] == [found[1].digest, found[2].digest, closings.ORIGIN]
    assert _differs(database) == []


def test_later_corrections_do_not_break_an_older_closing(closed: Database, document: Make) -> None:
    with closed.transaction() as tx:
        _correct(tx, 1, "Về việc khác", NOW + DAY)
        _correct(tx, 1, "Về việc khác nữa", NOW + DAY)
        newer = documents.add(tx, document(0, symbol="1-CV/VPTU"))
        documents.supersede(tx, 1, newer, _cause(tx, NOW + DAY))
        (reserved,) = entries.reserved(tx, OFFICE)
        (second,) = entries.named(tx, "den:2")
        entries.use(tx, reserved, documents.add(tx, document(0)), _cause(tx, NOW + DAY))
        entries.void(tx, second, _cause(tx, NOW + DAY))
    assert _differs(closed) == []
    _close_all(closed, NOW + 2 * DAY)
    assert _differs(closed) == []


@pytest.mark.parametrize(
    ("statement", "told"),
    [
        ("UPDATE document SET agency_name = 'X' WHERE id = 2", "den:2/2026"),
        ("UPDATE document SET verdict = 'failed' WHERE id = 1", "den:1/2026"),
        ("UPDATE document SET reading = replace(reading, 'thử', 'khác') WHERE id = 1", "den:1/"),
        ("UPDATE file SET sha256 = 'b' WHERE document = 1", "den:1/2026"),
        ("UPDATE entry SET purpose = 'khác' WHERE book = 'di'", "di:1-QĐ/2025"),
    ],
)
def test_what_was_changed_behind_our_back_is_named(
    closed: Database, place: Path, statement: str, told: str
) -> None:
    with sqlite3.connect(place) as direct:
        direct.execute(statement)
    direct.close()
    (found,) = _differs(closed)
    assert told in found


@pytest.mark.parametrize(
    ("trigger", "statement", "told"),
    [
        ("closed_no_DELETE", "DELETE FROM closed WHERE entry = 1", "không khớp"),
        ("closing_no_UPDATE", "UPDATE closing SET entries = 9", "không khớp"),
        ("closing_no_UPDATE", "UPDATE closing SET previous = 'x'", "chuỗi"),
        ("journal_no_UPDATE", "UPDATE journal SET digest = 'x'", "nhật ký"),
        ("revision_no_DELETE", "DELETE FROM revision", "den:1/2026"),
    ],
)
def test_history_that_was_rewritten_is_told(
    closed: Database, place: Path, trigger: str, statement: str, told: str
) -> None:
    with closed.transaction() as tx:
        _correct(tx, 1, "Về việc khác", NOW + DAY)
    with sqlite3.connect(place) as direct:
        direct.execute(f"DROP TRIGGER {trigger}")
        direct.execute(statement)
    direct.close()
    assert any(told in one for one in _differs(closed))


def test_a_closing_that_was_taken_out_is_missed(closed: Database, place: Path) -> None:
    _close_all(closed, NOW + 3 * DAY)
    with sqlite3.connect(place) as direct:
        direct.execute("DROP TRIGGER closing_no_DELETE")
        direct.execute("DELETE FROM closing WHERE day = '2026-11-25'")
    direct.close()
    assert any("thiếu ngày" in one for one in _differs(closed, "2026-11-26"))
    assert _differs(closed, "2026-11-24") == []


def test_what_committed_after_its_day_was_closed_is_covered_by_the_next(
    closed: Database, document: Make
) -> None:
    with closed.transaction() as tx:
        _enter(tx, document(0, symbol="3-CV/VPTU"), NOW)
    _close_all(closed, NOW + 2 * DAY)
    with closed.reading() as tx:
        assert closings.of_office(tx, OFFICE)[0].entries == 1
    assert _differs(closed) == []


def test_what_was_put_into_a_day_long_closed_is_named(closed: Database, document: Make) -> None:
    _close_all(closed, NOW + 5 * DAY)
    with closed.transaction() as tx:
        _enter(tx, document(0, symbol="3-CV/VPTU"), NOW)
    _close_all(closed, NOW + 6 * DAY)
    (found,) = _differs(closed)
    assert "den:3/2026" in found


def test_offices_are_closed_apart(closed: Database, document: Make) -> None:
    with closed.transaction() as tx:
        _enter(tx, document(0, office="B"))
        assert closings.open_days(tx, "B", NOW + DAY) == ("2026-11-24",)
        made = closings.close(tx, "B", "2026-11-24", NOW + DAY)
    assert (made.entries, made.previous) == (1, closings.ORIGIN)
    assert _differs(closed) == []
