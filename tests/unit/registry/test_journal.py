"""The journal shows when it was rewritten."""

import sqlite3
from pathlib import Path

import pytest

from mailbridge.registry import journal
from mailbridge.registry.database import Database
from tests.unit.registry.conftest import NOW, OFFICE


def _fill(database: Database, lines: int) -> None:
    with database.transaction() as tx:
        for number in range(1, lines + 1):
            journal.append(tx, OFFICE, "settled", f"mail:{number}", {"outcome": "giữ lại"}, NOW)


def _tamper(place: Path, *statements: str) -> None:
    direct = sqlite3.connect(place, isolation_level=None)
    for verb in ("UPDATE", "DELETE"):
        direct.execute(f"DROP TRIGGER journal_no_{verb}")
    for statement in statements:
        direct.execute(statement)
    direct.close()


def test_an_empty_journal_holds(database: Database) -> None:
    with database.reading() as tx:
        check = journal.verify(tx, OFFICE)
        assert (check.ok, check.lines, check.head) == (True, 0, journal.head(tx, OFFICE))


def test_every_line_is_chained_to_the_one_before(database: Database) -> None:
    _fill(database, 5)
    with database.reading() as tx:
        newest_first = journal.lines(tx)
        check = journal.verify(tx, OFFICE)
    assert [line.line for line in newest_first] == [5, 4, 3, 2, 1]
    assert [a.previous for a in newest_first[:-1]] == [b.digest for b in newest_first[1:]]
    assert (check.ok, check.lines, check.head) == (True, 5, newest_first[0].digest)
    assert newest_first[0].data == {"outcome": "giữ lại"}


@pytest.mark.parametrize(
    ("statement", "first_bad"),
    [
        ("UPDATE journal SET data = '{}' WHERE line = 3", 3),
        ("UPDATE journal SET subject = 'mail:9' WHERE line = 1", 1),
        ("UPDATE journal SET at = '2020-01-01 00:00:00.000000' WHERE line = 5", 5),
        ("UPDATE journal SET digest = previous WHERE line = 2", 2),
        ("DELETE FROM journal WHERE line = 2", 3),
        ("DELETE FROM journal WHERE line = 1", 2),
    ],
)
def test_tampering_names_the_first_line_that_does_not_fit(
    place: Path, database: Database, statement: str, first_bad: int
) -> None:
    _fill(database, 5)
    database.close()
    _tamper(place, statement)
    with database.reading() as tx:
        check = journal.verify(tx, OFFICE)
    assert (check.ok, check.first_bad) == (False, first_bad)


def test_a_cut_tail_shows_in_the_head_alone(place: Path, database: Database) -> None:
    _fill(database, 5)
    with database.reading() as tx:
        told_outside = journal.head(tx, OFFICE)
    database.close()
    _tamper(place, "DELETE FROM journal WHERE line = 5")
    with database.reading() as tx:
        assert journal.verify(tx, OFFICE).ok
        assert journal.head(tx, OFFICE) != told_outside


def test_the_lines_about_some_subjects_come_in_their_order(database: Database) -> None:
    with database.transaction() as tx:
        for at, subject in enumerate(("document:1", "mail:7", "document:2", "document:1")):
            journal.append(tx, OFFICE, f"event-{at}", subject, {}, NOW)
        journal.append(tx, "OTHER", "event-9", "document:1", {}, NOW)
        found = journal.about(tx, OFFICE, ["document:1", "mail:7"])
    assert [line.event for line in found] == ["event-0", "event-1", "event-3"]
