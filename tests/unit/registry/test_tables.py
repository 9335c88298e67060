"""What the tables refuse, whatever program writes."""

import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from mailbridge.model.document import Document
from mailbridge.model.message import Kind
from mailbridge.model.outcome import Noted
from mailbridge.model.slot import Arrival, Fingerprint
from mailbridge.registry import books, closings, documents, entries, journal, ledger, revisions
from mailbridge.registry.database import Database
from mailbridge.registry.revisions import Change
from tests.unit.registry.conftest import CAUSE, DEN, NOW, OFFICE


@pytest.fixture
def direct(
    place: Path,
    database: Database,
    arrival: Callable[..., Arrival],
    document: Callable[..., Document],
) -> Iterator[sqlite3.Connection]:
    """A register with one document in its book, opened past our own functions."""
    with database.transaction() as tx:
        row = ledger.begin(tx, arrival(), Fingerprint("f" * 64), NOW).ledger
        ledger.settle(tx, row, Noted(Kind.OTHER), NOW, kind=Kind.OTHER, mail=None)
        books.enter(tx, DEN, documents.add(tx, document(row)), NOW.date(), NOW)
        journal.append(tx, OFFICE, "settled", "mail:1", {}, NOW)
        (entry,) = entries.named(tx, "1")
        revisions.of_entry(tx, entry, Change("x", None, "y"), CAUSE)
        closings.close(tx, OFFICE, "2026-11-24", NOW)
        tx.session.connection().exec_driver_sql(
            "INSERT INTO evidence (ledger, sequence, examination, recorded_at)"
            " VALUES (1, 1, '{}', '2026-11-24 00:00:00')"
        )
    opened = sqlite3.connect(place)
    opened.execute("PRAGMA foreign_keys = ON")
    yield opened
    opened.close()


_OUT_OF_ORDER = """INSERT INTO entry (book, year, ordinal, document, entered_at)
    VALUES ('den', 2026, 7, 1, '2026-11-24 00:00:00')"""
_SAME_SLOT = """INSERT INTO ledger (mailbox, uidvalidity, uid, size, internal_date, first_seen,
        attempts, deaths, is_open, alone, detail, numbers, sender, subject)
    SELECT mailbox, uidvalidity, uid, size, internal_date, first_seen, 0, 0, 0, 0, '', '', '', ''
    FROM ledger"""


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE journal SET data = '{}'",
        "DELETE FROM journal",
        "UPDATE evidence SET verdict = 'legal'",
        "DELETE FROM evidence",
        "INSERT INTO evidence SELECT 9, ledger, sequence, NULL, NULL, '{}', '' FROM evidence",
        "DELETE FROM entry",
        "UPDATE entry SET ordinal = 2",
        "UPDATE entry SET book = 'di'",
        "UPDATE book SET last = 0",
        "UPDATE book SET last = last + 2",
        "DELETE FROM book",
        "INSERT INTO book (book, year, last) VALUES ('den', 2027, 5)",
        "UPDATE entry SET direction = 'out'",
        "UPDATE entry SET document = NULL",
        "UPDATE entry SET voided_at = '2026-11-24 00:00:00'",
        "UPDATE revision SET before = 'x'",
        "DELETE FROM revision",
        "INSERT INTO revision (office, line, at, field, why, by) VALUES ('', 1, '', 'x', 'y', 'z')",
        "UPDATE closing SET digest = 'x'",
        "DELETE FROM closing",
        "UPDATE closed SET digest = 'x'",
        "DELETE FROM closed",
        "UPDATE document SET medium = 'stone'",
        "UPDATE document SET direction = 'up'",
        _OUT_OF_ORDER,
        "DELETE FROM ledger",
        "UPDATE ledger SET outcome = 'bogus'",
        "UPDATE ledger SET outcome = NULL",
        "UPDATE ledger SET outcome = 'duplicate', duplicate_of = NULL",
        "UPDATE ledger SET attempts = -1",
        "UPDATE document SET verdict = 'perhaps'",
        "UPDATE document SET ledger = 99",
        _SAME_SLOT,
    ],
)
def test_the_database_itself_refuses(direct: sqlite3.Connection, statement: str) -> None:
    with pytest.raises(sqlite3.IntegrityError):
        direct.execute(statement)
