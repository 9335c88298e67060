"""One register, many hands, and a machine that may stop at any time."""

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from mailbridge.model.errors import RefusedError, TryLaterError
from mailbridge.registry import journal, mailboxes
from mailbridge.registry.database import Database
from tests.unit.registry.conftest import NOW, OFFICE


def _suspend(database: Database, why: str = "sai mật khẩu") -> None:
    with database.transaction() as tx:
        mailboxes.suspend(tx, "smtp:vanthu", why, NOW)


def _suspend_and_fail(database: Database) -> None:
    with database.transaction() as tx:
        mailboxes.suspend(tx, "smtp:vanthu", "sai mật khẩu", NOW)
        tx.session.flush()
        raise KeyError


def _suspend_while_reading(database: Database) -> None:
    with database.reading() as tx:
        mailboxes.suspend(tx, "smtp:vanthu", "sai mật khẩu", NOW)
        tx.session.flush()


def test_what_raises_leaves_nothing(database: Database) -> None:
    with pytest.raises(KeyError):
        _suspend_and_fail(database)
    with database.reading() as tx:
        assert mailboxes.suspended(tx) == {}


def test_reading_cannot_write(database: Database) -> None:
    with pytest.raises(TryLaterError, match="cannot be written"):
        _suspend_while_reading(database)
    with database.reading() as tx:
        assert mailboxes.suspended(tx) == {}


def test_other_databases_are_said_to_be_unsupported() -> None:
    for url in ("mysql://localhost/register", "postgresql://localhost/register"):
        with pytest.raises(RefusedError, match="SQLite or postgresql"):
            Database(url)


def test_threads_queue_for_the_register_and_lose_nothing(database: Database) -> None:
    def write(name: str) -> None:
        for number in range(20):
            with database.transaction(durable=False) as tx:
                journal.append(tx, OFFICE, "tried", f"{name}:{number}", {}, NOW)

    threads = [threading.Thread(target=write, args=(f"t{n}",)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with database.reading() as tx:
        check = journal.verify(tx, OFFICE)
    assert (check.ok, check.lines) == (True, 80)


_DYING = """
import sys, time
from datetime import datetime, UTC
from mailbridge.registry.database import Database
from mailbridge.registry import journal, mailboxes
now = datetime(2026, 11, 24, tzinfo=UTC)
database = Database(sys.argv[1])
with database.transaction() as tx:
    journal.append(tx, "A", "whole", "mail:1", {}, now)
with database.transaction() as tx:
    for number in range(2000):
        mailboxes.suspend(tx, f"account {number}", "x" * 500, now)
        journal.append(tx, "A", "half", f"mail:{number}", {}, now)
    tx.session.flush()
    print("inside", flush=True)
    time.sleep(60)
"""


def test_a_process_killed_inside_a_transaction_leaves_nothing_half(
    place: Path, database: Database
) -> None:
    child = subprocess.Popen(
        [sys.executable, "-c", _DYING, str(place)], stdout=subprocess.PIPE, text=True
    )
    assert child.stdout is not None
    assert child.stdout.readline() == "inside\n"
    os.kill(child.pid, signal.SIGKILL)
    child.wait()
    child.stdout.close()
    with database.reading() as tx:
        assert mailboxes.suspended(tx) == {}
        assert [line.event for line in journal.lines(tx)] == ["whole"]
        assert journal.verify(tx, "A").ok


def test_a_migrated_register_opens_quickly(place: Path) -> None:
    database = Database(place)
    started = time.monotonic()
    database.migrate()
    assert time.monotonic() - started < 0.25
    database.close()
