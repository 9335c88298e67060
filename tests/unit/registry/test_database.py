"""One register, many hands, and a machine that may stop at any time."""

import os
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from mailbridge.model.errors import RefusedError, TryLaterError
from mailbridge.registry import journal, mailboxes
from mailbridge.registry.database import Database, SingleWriter
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


def _fill_the_disk(database: Database) -> None:
    with database.transaction() as tx:
        connection = tx.session.connection()
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
        mailboxes.suspend(tx, "smtp:vanthu", "x" * 1_000_000, NOW)


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


def test_settings_of_every_connection_are_the_durable_ones(database: Database) -> None:
    with database.transaction() as tx:
        connection = tx.session.connection()
        values = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        }
    assert values == {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "busy_timeout": 10_000,
    }


def test_a_lazy_transaction_does_not_make_the_next_one_lazy(database: Database) -> None:
    levels = []
    for durable in (False, True, False, True):
        with database.transaction(durable=durable) as tx:
            levels.append(tx.session.connection().exec_driver_sql("PRAGMA synchronous").scalar())
    assert levels == [1, 2, 1, 2]


def test_a_locked_register_is_tried_later(place: Path) -> None:
    database = Database(place, busy_seconds=0.2)
    other = sqlite3.connect(place, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(TryLaterError, match="locked by another process"):
        _suspend(database)
    other.execute("ROLLBACK")
    other.close()
    _suspend(database)
    database.close()


def test_a_full_disk_is_tried_later(database: Database) -> None:
    with pytest.raises(TryLaterError, match="disk of the register is full"):
        _fill_the_disk(database)
    with database.reading() as tx:
        assert mailboxes.suspended(tx) == {}


def test_a_missing_folder_is_tried_later(tmp_path: Path) -> None:
    database = Database(tmp_path / "away" / "register.sqlite3")
    with pytest.raises(TryLaterError, match="cannot be opened"):
        database.migrate()
    database.close()


def test_other_databases_are_said_to_be_unsupported() -> None:
    with pytest.raises(RefusedError, match="not supported yet"):
        Database("postgresql://localhost/register")


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


def test_only_one_daemon_has_the_register(tmp_path: Path) -> None:
    lock = tmp_path / "lock"
    second = SingleWriter(lock)
    with SingleWriter(lock), pytest.raises(TryLaterError, match=f"process {os.getpid()}"):
        second.__enter__()
    with second:
        assert lock.read_text() == f"{os.getpid()}\n"


def test_a_migrated_register_opens_quickly(place: Path) -> None:
    database = Database(place)
    started = time.monotonic()
    database.migrate()
    assert time.monotonic() - started < 0.25
    database.close()


def _open_at_once(path: Path) -> list[TryLaterError]:
    failures: list[TryLaterError] = []

    def read(database: Database) -> None:
        try:
            with database.reading() as tx:
                tx.session.connection()
        except TryLaterError as error:
            failures.append(error)

    databases = [Database(path) for _ in range(6)]
    threads = [threading.Thread(target=read, args=(one,)) for one in databases]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for database in databases:
        database.close()
    return failures


def test_many_who_open_a_new_register_at_once_all_open_it(tmp_path: Path) -> None:
    # Where SQLite does not wait is a matter of microseconds: one of some hundred fell into it.
    assert [_open_at_once(tmp_path / f"{n}.sqlite3") for n in range(60)] == [[]] * 60
