"""Tables and migrations say the same, and an old or a newer register is known as such."""

import re
import sqlite3
import threading
from datetime import date
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine
from sqlalchemy.exc import SQLAlchemyError

from mailbridge import registry
from mailbridge.model.errors import RefusedError, TryLaterError
from mailbridge.model.outcome import BookName, Number
from mailbridge.registry import books, documents, journal, replies_acted, statuses
from mailbridge.registry.database import HEAD, Database
from mailbridge.registry.migrating import configuration
from mailbridge.registry.tables import Ledger
from tests.postgres import Cluster
from tests.unit.registry.conftest import NOW

_MAIL = """INSERT INTO ledger (mailbox, uidvalidity, uid, size, internal_date, first_seen,
    attempts, deaths, is_open, alone, detail, numbers, sender, subject)
    VALUES ('m', 1, 1, 1, '2026-11-24 00:00:00', '2026-11-24 00:00:00', 0, 0, 0, 0, '', '', '', '')
"""
_EVIDENCE = """INSERT INTO evidence (ledger, examination, recorded_at)
    VALUES (1, '{}', '2026-11-24 00:00:00')"""

_DOCUMENT = """INSERT INTO document (ledger, mailbox, agency, agency_name, sender, verdict, state,
    urgency, reading, file_set, received_at, subject, mic)
    VALUES (1, 'm', 'A', 'A', 's', 'legal', 'registered', 'thường',
    '{"fields": {}, "urgency": "thường", "secrecy": null, "main": null, "notes": []}', '',
    '2026-11-24 00:00:00.000000', '', '')"""
_BOOKS = (
    "INSERT INTO book (book, year, last) VALUES ('den', 2026, 1)",
    """INSERT INTO entry (book, year, ordinal, document, entered_at)
    VALUES ('den', 2026, 1, 1, '2026-11-24 00:00:00.000000')""",
    """INSERT INTO journal (line, at, event, subject, data, previous, digest)
    VALUES (1, '2026-11-24 00:00:00.000000', 'settled', 'mail:1', '{}', '0', '1')""",
)

_NOTICE = """INSERT INTO outbox (id, kind, mailbox, recipient, facts, owed_at, not_before, urgent,
    state, attempts, last_error) VALUES ('mb.a', 'notice', 'vanthu', 'Phong-A@hungyen.gov.vn', '{}',
    '2026-11-24 00:00:00.000000', '2026-11-24 00:00:00.000000', false, 'owed', 0, '')"""

# Of a database on the server; the first column is always the table.
_COLUMNS = """SELECT table_name, column_name, data_type, character_maximum_length, is_nullable,
    column_default FROM information_schema.columns WHERE table_schema = 'public'"""
_CONSTRAINTS = """SELECT conrelid::regclass, conname, pg_get_constraintdef(oid) FROM pg_constraint
    WHERE connamespace = 'public'::regnamespace"""
_INDEXES = "SELECT tablename, indexdef FROM pg_indexes WHERE schemaname = 'public'"


def _tables_of(path: Path) -> dict[str, list[str]]:
    """Read what the tables and indexes of a file are, whatever the order of their lines."""
    with sqlite3.connect(path) as direct:
        rows = direct.execute(
            "SELECT name, sql FROM sqlite_master WHERE type IN ('table', 'index')"
            " AND sql IS NOT NULL AND name <> 'alembic_version'"
        ).fetchall()
    direct.close()
    return {
        name: sorted(
            # A table that was copied is written in quotes, its defaults in brackets.
            re.sub(
                r"\s+", " ", re.sub(r"DEFAULT \((.*?)\)", r"DEFAULT \1", line.replace('"', ""))
            ).strip(" ,")
            for line in sql.splitlines()
        )
        for name, sql in rows
    }


# Whoever adds a table adds a module of that name: the metadata knows what was imported.
for _module in iter_modules(registry.__path__):
    if _module.name.endswith("tables"):
        import_module(f"{registry.__name__}.{_module.name}")
METADATA = Ledger.metadata


def _is_ours(_: object, name: str | None, kind: str, *__: object) -> bool:
    # The index is no table of the mapper, and FTS5 keeps it in tables of its own.
    return not (kind in {"table", "index"} and "search_index" in (name or ""))


def test_head_is_the_newest_migration() -> None:
    assert ScriptDirectory.from_config(configuration()).get_heads() == [HEAD]


def test_alembic_finds_nothing_left_to_migrate(place: Path) -> None:
    engine = create_engine(f"sqlite:///{place}")
    with engine.connect() as connection:
        context = MigrationContext.configure(
            connection, opts={"compare_type": True, "include_object": _is_ours}
        )
        assert compare_metadata(context, METADATA) == []
    engine.dispose()


def test_migrated_tables_have_every_check_of_the_model(place: Path, tmp_path: Path) -> None:
    # Alembic does not compare CHECKs: a word added to the model alone would be refused by rows.
    engine = create_engine(f"sqlite:///{tmp_path / 'made.sqlite3'}")
    METADATA.create_all(engine)
    engine.dispose()
    assert _tables_of(place) == _tables_of(tmp_path / "made.sqlite3")


def _forms_of(url: str) -> set[tuple[str, ...]]:
    """Read what the columns, constraints and indexes of a database on the server are."""
    engine = create_engine(url)
    with engine.connect() as connection:
        found = {
            tuple(map(str, row))
            for query in (_COLUMNS, _CONSTRAINTS, _INDEXES)
            for row in connection.exec_driver_sql(query)
        }
    engine.dispose()
    return {row for row in found if row[0] != "alembic_version"}


def test_migrated_tables_on_a_server_are_those_of_the_model(cluster: Cluster) -> None:
    made = cluster.empty()
    engine = create_engine(made)
    METADATA.create_all(engine)
    engine.dispose()
    assert _forms_of(cluster.fresh()) == _forms_of(made)


def test_two_who_migrate_at_once_migrate_once(tmp_path: Path) -> None:
    databases = [Database(tmp_path / "register.sqlite3") for _ in range(3)]
    failures: list[Exception] = []

    def migrate(database: Database) -> None:
        try:
            database.migrate()
        except (RefusedError, TryLaterError, SQLAlchemyError) as error:
            failures.append(error)

    threads = [threading.Thread(target=migrate, args=(one,)) for one in databases]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for database in databases:
        database.close()
    assert failures == []
    assert "ledger" in _tables_of(tmp_path / "register.sqlite3")


def test_evidence_of_an_older_register_is_numbered_and_stays_frozen(tmp_path: Path) -> None:
    path = tmp_path / "register.sqlite3"
    engine = create_engine(f"sqlite:///{path}")
    with engine.begin() as connection:
        command.upgrade(configuration(connection), "0001")
        connection.exec_driver_sql(_MAIL)
        for _ in range(2):
            connection.exec_driver_sql(_EVIDENCE)
    engine.dispose()
    Database(path).migrate()
    with sqlite3.connect(path) as direct:
        rows = direct.execute("SELECT ledger, sequence, examination FROM evidence").fetchall()
        assert rows == [(1, 1, "{}"), (1, 2, "{}")]
        with pytest.raises(sqlite3.IntegrityError, match="append-only"):
            direct.execute("DELETE FROM evidence")
    direct.close()


def test_the_books_of_an_older_register_go_to_the_first_office(tmp_path: Path) -> None:
    path = tmp_path / "register.sqlite3"
    engine = create_engine(f"sqlite:///{path}")
    with engine.begin() as connection:
        command.upgrade(configuration(connection), "0002")
        for statement in (_MAIL, _DOCUMENT, *_BOOKS):
            connection.exec_driver_sql(statement)
    engine.dispose()
    database = Database(path)
    database.migrate("DEMO.02.07")
    with database.transaction() as tx:
        (found,) = documents.entered(tx, office="DEMO.02.07")
        assert (found.office, found.number) == ("DEMO.02.07", Number("den", 2026, 1))
        assert journal.lines(tx, "DEMO.02.07")[0].event == "settled"
        assert (found.status, found.ended_at) == ("03", None)
        (entered,) = statuses.history(tx, found.id)
        assert (entered.code, entered.at) == ("03", found.entered_at)
        new = documents.add(tx, found)
        number = books.enter(tx, BookName("DEMO.02.07", "den"), new, date(2026, 12, 1), NOW)
        assert number == Number("den", 2026, 2)
    database.close()


def test_a_newer_register_is_refused_in_words(place: Path) -> None:
    with sqlite3.connect(place) as direct:
        direct.execute("UPDATE alembic_version SET version_num = '9999'")
    direct.close()
    database = Database(place)
    with pytest.raises(RefusedError, match="newer mailbridge"):
        database.migrate()
    database.close()


def test_whom_an_older_register_told_is_known_without_case(
    engine: str, request: pytest.FixtureRequest
) -> None:
    place = (
        request.getfixturevalue("cluster").empty()
        if engine == "postgresql"
        else f"sqlite:///{request.getfixturevalue('tmp_path') / 'register.sqlite3'}"
    )
    older = create_engine(place)
    with older.begin() as connection:
        command.upgrade(configuration(connection), "0018")
        connection.exec_driver_sql(_NOTICE)
    older.dispose()
    database = Database(place)
    database.migrate()
    with database.reading() as tx:
        assert replies_acted.was_told(tx, "phong-a@hungyen.gov.vn", ("vanthu",))
    database.close()
