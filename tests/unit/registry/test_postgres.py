"""A register on a server: durable, one writer at a time, and clear when it cannot be had."""

import threading
import time
from collections.abc import Iterator

import pytest
from sqlalchemy import make_url

from mailbridge.model.errors import RefusedError, TryLaterError
from mailbridge.registry import journal, mailboxes
from mailbridge.registry.database import Database
from tests.postgres import Cluster
from tests.unit.registry.conftest import NOW, OFFICE


@pytest.fixture
def own() -> Iterator[Cluster]:
    """A server that the test may kill."""
    made = Cluster()
    yield made
    made.end()


def _suspend(database: Database) -> None:
    with database.transaction() as tx:
        mailboxes.suspend(tx, "smtp:vanthu", "x", NOW)


def test_a_durable_commit_waits_for_the_disk_and_another_does_not(cluster: Cluster) -> None:
    database = Database(cluster.fresh())
    levels = []
    for durable in (False, True, False, True):
        with database.transaction(durable=durable) as tx:
            shown = tx.session.connection().exec_driver_sql("SHOW synchronous_commit").scalar()
            levels.append(shown)
    assert levels == ["off", "on", "off", "on"]
    database.close()


def test_who_waits_too_long_for_another_writer_tries_later(cluster: Cluster) -> None:
    url = cluster.fresh()
    first, second = Database(url), Database(url, busy_seconds=0.2)
    with first.transaction(), pytest.raises(TryLaterError, match="locked by another process"):
        _suspend(second)
    _suspend(second)
    for database in (first, second):
        database.close()


def test_two_programs_that_read_and_then_write_lose_nothing(cluster: Cluster) -> None:
    url = cluster.fresh()

    def write(database: Database) -> None:
        for number in range(25):
            with database.transaction(durable=False) as tx:
                journal.append(tx, OFFICE, "tried", str(number), {}, NOW)

    databases = [Database(url) for _ in range(3)]
    threads = [threading.Thread(target=write, args=(one,)) for one in databases]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with databases[0].reading() as tx:
        check = journal.verify(tx, OFFICE)
    assert (check.ok, check.lines) == (True, 75)
    for database in databases:
        database.close()


def test_a_server_that_dies_is_tried_later_and_used_again(own: Cluster) -> None:
    database = Database(own.fresh(), busy_seconds=1)
    _suspend(database)
    own.stop()
    with pytest.raises(TryLaterError, match="server"):
        _suspend(database)
    own.restart()
    deadline = time.monotonic() + 20
    while True:
        try:
            _suspend(database)
            break
        except TryLaterError:
            assert time.monotonic() < deadline
    with database.reading() as tx:
        assert list(mailboxes.suspended(tx)) == ["smtp:vanthu"]
    database.close()


def test_a_database_that_is_not_there_is_a_sentence_without_the_password(
    cluster: Cluster,
) -> None:
    url = make_url(cluster.url("khong_co"))
    database = Database(url.render_as_string(hide_password=False), password="geheim")
    with pytest.raises(RefusedError, match="no such database") as refusal:
        database.migrate()
    assert "geheim" not in str(refusal.value)
    assert refusal.value.__cause__ is None
    database.close()


def test_an_empty_database_is_migrated_by_two_at_once_once(cluster: Cluster) -> None:
    url = cluster.empty()
    databases = [Database(url) for _ in range(3)]
    failures: list[Exception] = []

    def migrate(database: Database) -> None:
        try:
            database.migrate("DEMO.02.07")
        except (RefusedError, TryLaterError) as error:
            failures.append(error)

    threads = [threading.Thread(target=migrate, args=(one,)) for one in databases]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    _suspend(databases[0])
    for database in databases:
        database.close()
