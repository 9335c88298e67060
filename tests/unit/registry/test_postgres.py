"""A register on a server: durable, one writer at a time, and clear when it cannot be had."""

import threading
import time
from collections.abc import Iterator

import pytest
from sqlalchemy import create_engine, make_url
from sqlalchemy.exc import IntegrityError
from sqlalchemy.exc import TimeoutError as NoConnectionError

from mailbridge.model.errors import RefusedError, TryLaterError
from mailbridge.registry import journal, mailboxes
from mailbridge.registry.database import Database
from mailbridge.registry.postgres import Postgres, translated
from mailbridge.registry.triggers import KEPT
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


def _write_and_stand_still(database: Database) -> None:
    with database.transaction() as tx:
        connection = tx.session.connection()
        shown = connection.exec_driver_sql("SHOW idle_in_transaction_session_timeout").scalar()
        assert shown == "1min"
        connection.exec_driver_sql("SET LOCAL idle_in_transaction_session_timeout = '200ms'")
        time.sleep(0.6)
        mailboxes.suspend(tx, "smtp:vanthu", "x", NOW)


def test_a_writer_that_stands_still_lets_the_others_write(cluster: Cluster) -> None:
    url = cluster.fresh()
    still, other = Database(url), Database(url, busy_seconds=5)
    with pytest.raises(TryLaterError):
        _write_and_stand_still(still)
    with other.reading() as tx:
        assert mailboxes.suspended(tx) == {}
    _suspend(other)
    # Its pool finds the connection gone, and makes another.
    _suspend(still)
    for database in (still, other):
        database.close()


def test_more_readers_than_connections_are_tried_later(cluster: Cluster) -> None:
    with pytest.raises(TryLaterError, match="connections"), translated():
        raise NoConnectionError


def test_a_text_with_nul_is_kept_without_it(cluster: Cluster) -> None:
    database = Database(cluster.fresh())
    with database.transaction() as tx:
        mailboxes.suspend(tx, "smtp:a\0b", "hết\0hạn", NOW)
    with database.transaction() as tx:
        mailboxes.suspend(tx, "smtp:a\0b", "lần hai", NOW)
        assert mailboxes.suspended(tx) == {"smtp:a\ufffdb": "lần hai"}
    database.close()


@pytest.mark.parametrize("table", KEPT)
def test_nobody_empties_what_is_kept(cluster: Cluster, table: str) -> None:
    engine = create_engine(cluster.fresh())
    with engine.connect() as connection, pytest.raises(IntegrityError, match="never emptied"):
        connection.exec_driver_sql(f"TRUNCATE {table} CASCADE")
    engine.dispose()


def test_ids_go_on_after_rows_that_a_migration_brought_along(cluster: Cluster) -> None:
    url = cluster.fresh()
    row = (
        "INSERT INTO incident (id, agency, what, opened_at, opened_by, cure)"
        " VALUES ({id}, 'A', 'x', now(), 'x', '') RETURNING id"
    )
    engine = create_engine(url)
    with engine.begin() as connection:
        connection.exec_driver_sql(row.format(id=41))
        Postgres(make_url(url), 1).migrated(connection)
        assert connection.exec_driver_sql(row.format(id="DEFAULT")).scalar() == 42
        # Where ids were given already, they are not given again.
        connection.exec_driver_sql("DELETE FROM incident WHERE id = 42")
        Postgres(make_url(url), 1).migrated(connection)
        assert connection.exec_driver_sql(row.format(id="DEFAULT")).scalar() == 43
    engine.dispose()


def test_a_database_of_another_encoding_is_refused(cluster: Cluster) -> None:
    database = Database(cluster.empty("ENCODING 'LATIN1' LOCALE 'C' TEMPLATE template0"))
    with pytest.raises(RefusedError, match="LATIN1"):
        database.migrate()
    database.close()
