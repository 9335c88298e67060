"""A register in a file: durable, one writer at a time, and clear when it cannot be had."""

import os
import sqlite3
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from mailbridge.model.errors import TryLaterError
from mailbridge.registry import mailboxes
from mailbridge.registry.database import Database
from mailbridge.registry.sqlite import SingleWriter
from tests.unit.registry.conftest import NOW


def _suspend(database: Database) -> None:
    with database.transaction() as tx:
        mailboxes.suspend(tx, "smtp:vanthu", "x", NOW)


def _fill_the_disk(database: Database) -> None:
    with database.transaction() as tx:
        connection = tx.session.connection()
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
        mailboxes.suspend(tx, "smtp:vanthu", "x" * 1_000_000, NOW)


def test_settings_of_every_connection_are_the_durable_ones(place: Path, database: Database) -> None:
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


def test_a_lazy_transaction_makes_no_other_lazy(place: Path, database: Database) -> None:
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
    with database.transaction() as tx:
        mailboxes.suspend(tx, "smtp:vanthu", "x", NOW)
    database.close()


def test_a_full_disk_is_tried_later(place: Path, database: Database) -> None:
    with pytest.raises(TryLaterError, match="disk of the register is full"):
        _fill_the_disk(database)
    with database.reading() as tx:
        assert mailboxes.suspended(tx) == {}


def test_a_missing_folder_is_tried_later(tmp_path: Path) -> None:
    database = Database(tmp_path / "away" / "register.sqlite3")
    with pytest.raises(TryLaterError, match="cannot be opened"):
        database.migrate()
    database.close()


def test_only_one_daemon_has_the_register(tmp_path: Path) -> None:
    lock = tmp_path / "lock"
    second = SingleWriter(lock)
    with SingleWriter(lock), pytest.raises(TryLaterError, match=f"process {os.getpid()}"):
        second.__enter__()
    with second:
        assert lock.read_text() == f"{os.getpid()}\n"


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


def test_a_register_in_a_file_loads_nothing_of_postgresql(place: Path) -> None:
    probe = (
        "import sys; from mailbridge.registry.database import Database;"
        "Database(sys.argv[1]).migrate();"
        "print(sorted({'psycopg', 'mailbridge.registry.postgres'} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", probe, str(place)], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"


def test_a_log_that_somebody_reads_is_not_said_to_be_empty(place: Path) -> None:
    database, reader = Database(place, busy_seconds=0.1), Database(place, busy_seconds=0.1)
    _suspend(database)
    with reader.reading() as tx:
        tx.session.connection().exec_driver_sql("SELECT count(*) FROM ledger").scalar()
        with database.transaction() as other:
            mailboxes.suspend(other, "imap:vanthu", "x", NOW)
        assert not database.fold()
    assert database.fold()
    assert not place.with_name(f"{place.name}-wal").read_bytes()
    reader.close()
    database.close()


def test_each_transaction_is_as_durable_as_it_says_on_a_connection_used_before(
    tmp_path: Path,
) -> None:
    database = Database(tmp_path / "register.sqlite3")
    found = []
    for durable in (True, False, True):
        with database.transaction(durable=durable) as tx:
            connection = tx.session.connection()
            found.append(connection.exec_driver_sql("PRAGMA synchronous").scalar())
    database.close()
    full, normal = 2, 1
    assert found == [full, normal, full]
