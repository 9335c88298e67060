"""A register on PostgreSQL that a test is done with, emptied for the next: to copy one costs more.

Emptied is one that nobody could tell from a copy of the template. What a test changed more than the
rows of is not: other tables or triggers, statistics of the planner, tables that have grown. Nor is
one that somebody else is still connected to: a thread of the test before would write to the next.
"""

import time

import psycopg
from psycopg import sql

Connection = psycopg.Connection[tuple[object, ...]]

# The planner takes a table of less than ten pages for one of ten, as long as nobody counted it.
_SMALL = 8 * 8192
_ALL_SMALL = 64 * 8192
_SECONDS = "1s"

# Everything in it that a migration lays.
_FORM = """
SELECT md5(string_agg(line, chr(10) ORDER BY line COLLATE "C")) FROM (
    SELECT concat_ws(' ', c.oid::regclass, c.relkind, c.relpersistence, a.attname, a.atttypid,
                     a.attnotnull, a.atthasdef) AS line
    FROM pg_class c LEFT JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0
    WHERE c.relnamespace NOT IN (
        'pg_catalog'::regnamespace, 'pg_toast'::regnamespace, 'information_schema'::regnamespace)
    UNION ALL
    SELECT concat_ws(' ', tgrelid::regclass, tgname, tgenabled, tgfoid::regproc)
    FROM pg_trigger WHERE NOT tgisinternal
    UNION ALL
    SELECT concat_ws(' ', oid::regproc, md5(prosrc))
    FROM pg_proc WHERE pronamespace = 'public'::regnamespace
    UNION ALL
    SELECT concat_ws(' ', conrelid::regclass, conname, convalidated)
    FROM pg_constraint WHERE connamespace = 'public'::regnamespace
) AS form
"""
_TABLES = """
SELECT relname, pg_relation_size(oid), pg_total_relation_size(oid)
FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace
"""
_IS_COUNTED = """
SELECT EXISTS (
    SELECT 1 FROM pg_class
    WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND reltuples > 0
) OR EXISTS (
    SELECT 1 FROM pg_statistic JOIN pg_class ON pg_class.oid = starelid
    WHERE relnamespace = 'public'::regnamespace
)
"""
_NUMBERED = """
SELECT setval(format('%I', sequencename)::regclass, start_value, false)
FROM pg_sequences WHERE schemaname = 'public' AND last_value IS NOT NULL
"""
_OTHERS = """
SELECT count(*) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid()
"""
_VERSION = "alembic_version"


def form(connection: Connection) -> tuple[object, ...] | None:
    """Tell of what form a register is: its tables, triggers, checks, and its version."""
    (told,) = connection.execute(_FORM).fetchall()
    (version,) = connection.execute("SELECT version_num FROM alembic_version").fetchall()
    return (*told, *version)


def emptied(connection: Connection, wanted: object) -> bool:
    """Take every row out of a register of the wanted form; False where that is not all of it."""
    try:
        if not _is_alone(connection):
            return False
        connection.execute(f"SET lock_timeout = '{_SECONDS}'")
        # No trigger fires: those that keep rows from being taken away, least of all.
        connection.execute("SET session_replication_role = replica")
        if form(connection) != wanted or connection.execute(_IS_COUNTED).fetchall() != [(False,)]:
            return False
        tables = connection.execute(_TABLES).fetchall()
        for _, own, whole in tables:
            if int(str(own)) > _SMALL or int(str(whole)) > _ALL_SMALL:
                return False
        _take_rows(connection, [str(name) for name, *_ in tables if name != _VERSION])
        connection.commit()
    except (psycopg.Error, ValueError):
        return False
    return True


def _is_alone(connection: Connection) -> bool:
    """Tell whether nobody else is connected; who has just gone is waited for."""
    for _ in range(50):
        found = connection.execute(_OTHERS).fetchall()
        # What is seen stays so for as long as a transaction.
        connection.commit()
        if found == [(0,)]:
            return True
        time.sleep(0.01)
    return False


def _take_rows(connection: Connection, names: list[str]) -> None:
    asked = sql.SQL(" UNION ALL ").join(
        sql.SQL("SELECT {} WHERE EXISTS (SELECT 1 FROM {})").format(name, sql.Identifier(name))
        for name in names
    )
    for (name,) in connection.execute(asked).fetchall():
        connection.execute(sql.SQL("DELETE FROM {}").format(sql.Identifier(str(name))))
    connection.execute(_NUMBERED)
