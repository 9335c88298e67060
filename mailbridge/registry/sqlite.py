"""SQLite, the embedded default: one file, one writer at a time, every commit on the disk."""

import fcntl
import os
import sqlite3
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Self

from sqlalchemy import URL, Connection, Engine, PoolProxiedConnection, create_engine, event, text
from sqlalchemy.dialects import registry as dialects
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as NoConnectionError

from mailbridge.model.errors import Reason, RefusedError, TryLaterError

# The option that says how durable a transaction is.
_LEVEL = "mailbridge_synchronous"
# Between two attempts to switch a new file to its write-ahead log.
_SWITCH_SECONDS = 0.01

_AWAY = {
    sqlite3.SQLITE_BUSY: "the register is locked by another process",
    sqlite3.SQLITE_LOCKED: "the register is locked by another process",
    sqlite3.SQLITE_FULL: "the disk of the register is full",
    sqlite3.SQLITE_READONLY: "the register cannot be written: read-only file or folder",
    sqlite3.SQLITE_CANTOPEN: "the register cannot be opened: folder missing or no permission",
    sqlite3.SQLITE_IOERR: "the disk of the register failed to read or write",
    sqlite3.SQLITE_PERM: "the register cannot be opened: no permission",
    sqlite3.SQLITE_PROTOCOL: "the register is locked by another process",
}
BUSY = _AWAY[sqlite3.SQLITE_BUSY]


class Reading(SQLiteDialect_pysqlite):
    """The library's own way to speak SQLite, that begins transactions itself.

    An engine that anybody listens to asks at every statement whom to tell: a tenth of its cost.
    """

    supports_statement_cache = True

    def do_begin(self, dbapi_connection: PoolProxiedConnection) -> None:
        """Begin to read one state."""
        dbapi_connection.cursor().execute("BEGIN")


class Writing(Reading):
    """The same for transactions that write: each waits for its turn when it begins."""

    supports_statement_cache = True

    def set_connection_execution_options(
        self, connection: Connection, opts: Mapping[str, Any]
    ) -> None:
        """Note how durable the transaction is that begins next."""
        super().set_connection_execution_options(connection, opts)
        if _LEVEL in opts:
            connection.connection.info[_LEVEL] = opts[_LEVEL]

    def do_begin(self, dbapi_connection: PoolProxiedConnection) -> None:
        """Begin to write."""
        cursor = dbapi_connection.cursor()
        cursor.execute(f"PRAGMA synchronous = {dbapi_connection.info.pop(_LEVEL, 'FULL')}")
        cursor.execute("BEGIN IMMEDIATE")


for _dialect in (Reading, Writing):
    dialects.register(f"sqlite.{_dialect.__name__}", __name__, _dialect.__name__)


class Sqlite:
    """How a register in a file is spoken to."""

    def __init__(self, url: URL, busy_seconds: float) -> None:
        self._url, self._busy_seconds = url, busy_seconds

    def pool(self, *, writes: bool, copies: bool = False) -> Engine:
        """Make a pool of connections that write, or that may only read."""
        return _engine(self._url, self._busy_seconds, writes=writes, copies=copies)

    def begins(self, *, durable: bool) -> dict[str, Any]:
        """Give what a writing transaction begins with."""
        return {_LEVEL: "FULL" if durable else "NORMAL"}

    def has_table(self, connection: Connection, name: str) -> bool:
        """Tell whether there is such a table."""
        found = text("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = :name")
        return connection.execute(found, {"name": name}).first() is not None

    def fold(self, pool: Engine) -> bool:
        """Write the log into the file and empty it; false where somebody still reads from it."""
        connection = pool.raw_connection()
        try:
            told = connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        finally:
            connection.close()
        return bool(told[0] == 0)

    def migrated(self, connection: Connection) -> None:
        """Look after a migration that nothing points at a row that is gone."""
        broken = connection.exec_driver_sql("PRAGMA foreign_key_check").first()
        if broken is not None:
            raise RefusedError(Reason.INTERNAL, f"the register is damaged: {tuple(broken)}")

    @contextmanager
    def translated(self) -> Iterator[None]:
        """Turn what passes by itself into TryLaterError."""
        try:
            yield
        except NoConnectionError:
            raise TryLaterError(BUSY) from None
        except OperationalError as error:
            code = getattr(error.orig, "sqlite_errorcode", 0)
            # The low octet is the error, the rest tells which kind of it.
            sentence = _AWAY.get(code & 0xFF)
            if sentence is None:
                raise
            raise TryLaterError(sentence) from error


class SingleWriter:
    """The lock of the one daemon that a SQLite register may have. The kernel frees it at death."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file: int | None = None

    def __enter__(self) -> Self:
        """Take the lock; raises TryLaterError when another daemon has it."""
        file = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            holder = os.read(file, 32).decode("ascii", "replace").strip()
            os.close(file)
            raise TryLaterError(f"another daemon (process {holder}) has this register") from error
        os.ftruncate(file, 0)
        os.write(file, f"{os.getpid()}\n".encode())
        self._file = file
        return self

    def holds(self) -> bool:
        """Tell whether the lock is ours."""
        return self._file is not None

    def __exit__(self, *_: object) -> None:
        """Give the lock back."""
        if self._file is not None:
            os.close(self._file)
            self._file = None


def _engine(url: URL, busy_seconds: float, *, writes: bool, copies: bool = False) -> Engine:
    """Make a pool of open connections.

    Who copies a table that others point at looks after their keys himself.

    A new connection would read schema and settings anew, and the last one to close would fold the
    write-ahead log into the file with two fsyncs; one shared connection would join the transactions
    of all threads. So each transaction borrows one of a pool.
    """
    engine = create_engine(
        url.set(drivername=f"sqlite+{(Writing if writes else Reading).__name__}"),
        connect_args={"timeout": busy_seconds, "check_same_thread": False},
        pool_size=8,
    )

    @event.listens_for(engine, "connect")
    def connected(connection: sqlite3.Connection, _: object) -> None:
        # The driver's own implicit BEGIN is deferred: two who read and then write lose updates.
        connection.isolation_level = None
        _write_ahead(connection, busy_seconds)
        connection.execute("PRAGMA synchronous = FULL")
        # What is erased is overwritten: Debian's SQLite does so by itself, others do not.
        connection.execute("PRAGMA secure_delete = ON")
        connection.execute(f"PRAGMA foreign_keys = {'OFF' if copies else 'ON'}")
        connection.execute(f"PRAGMA query_only = {'OFF' if writes else 'ON'}")

    return engine


def _write_ahead(connection: sqlite3.Connection, busy_seconds: float) -> None:
    """Switch to the write-ahead log; who switches a new file at the same time is waited for.

    SQLite itself does not wait there: its busy handler is never asked.
    """
    end = time.monotonic() + busy_seconds
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            is_busy = error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_BUSY
            if not is_busy or time.monotonic() >= end:
                raise
            time.sleep(_SWITCH_SECONDS)
        else:
            return
