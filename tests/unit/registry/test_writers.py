"""Eight programs write into one register and die at random: numbers stay gapless and unique."""

import os
import random
import signal
import subprocess
import sys
import time

import pytest
from sqlmodel import col, select

from mailbridge.registry import book_tables, journal, ledger, tables
from mailbridge.registry.database import Database
from tests.unit.registry.conftest import OFFICE

WRITERS = 8
ENOUGH = 60
SECONDS = float(os.environ.get("WRITING_SECONDS", "4"))

# One program: each of its mails is begun, then entered with a journal line in one transaction.
_WRITING = """
import sys
from datetime import UTC, datetime
from tests.unit.registry.writing import enter
from mailbridge.registry.database import Database
enter(Database(sys.argv[1], busy_seconds=30), int(sys.argv[2]), datetime.now(UTC))
"""


def _write(url: str, first_uid: int) -> "subprocess.Popen[bytes]":
    return subprocess.Popen([sys.executable, "-c", _WRITING, url, str(first_uid)])


def _first_uid(writer: int) -> int:
    """Let two and two writers work at the very same mails; who comes anew begins at the first."""
    return writer // 2 * 1_000_000


def _write_and_kill(url: str) -> int:
    """Let eight write, kill one now and then, and begin another in its place; count the deaths."""
    chance, deaths = random.Random(7), 0
    writers = [_write(url, _first_uid(number)) for number in range(WRITERS)]
    started = time.monotonic()
    database = Database(url, busy_seconds=30)
    while time.monotonic() < started + SECONDS or _entered(database) < ENOUGH:
        assert time.monotonic() < started + 90, "they do not write"
        time.sleep(chance.uniform(0.8, 1.6))
        at = chance.randrange(WRITERS)
        writers[at].send_signal(signal.SIGKILL)
        writers[at].wait()
        deaths += 1
        writers[at] = _write(url, _first_uid(at))
    for writer in writers:
        writer.kill()
        writer.wait()
    database.close()
    return deaths


def _entered(database: Database) -> int:
    with database.reading() as tx:
        return len(tx.session.exec(select(book_tables.Entry.id)).all())


@pytest.mark.kill
def test_numbers_are_gapless_and_unique_whoever_dies(
    engine: str, request: pytest.FixtureRequest
) -> None:
    if engine == "sqlite":
        # The file, and not a connection that would hold it.
        url = f"sqlite:///{request.getfixturevalue('register_file')}"
    else:
        url = request.getfixturevalue("cluster").fresh()
    deaths = _write_and_kill(url)
    database = Database(url, busy_seconds=30)
    with database.transaction() as tx:
        ordinals = tx.session.exec(
            select(book_tables.Entry.ordinal).order_by(col(book_tables.Entry.ordinal))
        ).all()
        entered = tx.session.exec(select(book_tables.Entry.document)).all()
        last = tx.session.exec(select(book_tables.Book.last)).one()
        mails = tx.session.exec(select(tables.Ledger.id)).all()
        slots = tx.session.exec(select(tables.Ledger.uid)).all()
        mails_entered = tx.session.exec(select(tables.Document.ledger)).all()
        check = journal.verify(tx, OFFICE)
        counted = len(ledger.rows(tx, limit=1_000_000))
    database.close()
    assert deaths >= 3
    assert len(set(slots)) == len(slots), "one row a mail"
    assert len(set(mails_entered)) == len(mails_entered) == len(ordinals), "one number a mail"
    assert len(ordinals) >= ENOUGH
    assert list(ordinals) == list(range(1, last + 1))
    assert len(set(entered)) == len(entered)
    assert (check.ok, check.lines) == (True, len(ordinals))
    assert counted == len(mails) >= len(ordinals)
