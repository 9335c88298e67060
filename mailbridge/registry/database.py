"""The database: the only commit, and the borders between its failures and ours."""

import fcntl
import os
import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import Any, Self

from sqlalchemy import Connection, CursorResult, Engine, Executable, create_engine, event, text
from sqlalchemy.exc import OperationalError
from sqlmodel import Session

from mailbridge.model.errors import Reason, RefusedError, TryLaterError

# The form of the tables that this program knows; tests hold it to the newest migration.
HEAD = "0008"

# As long as one transaction waits for another, here or in another process.
BUSY_SECONDS = 10
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


class Transaction:
    """What a function needs in order to write: it is given one, and cannot commit it."""

    __slots__ = ("_connection", "known", "session")

    def __init__(self, session: Session, known: dict[str, Any]) -> None:
        self.session = session
        # What is kept between transactions under the digest of what it was read from.
        self.known = known
        self._connection: Connection | None = None

    def run(self, statement: Executable, **values: object) -> CursorResult[Any]:
        """Run a statement of tables that is made once: a quarter of the cost of the mapper.

        Who has rows of the mapper in hand sees afterwards what it wrote.
        """
        self.session.flush()
        # A session has one connection as long as its transaction lives, and looks it up each time.
        self._connection = self._connection or self.session.connection()
        result = self._connection.execute(statement, values)
        if statement.is_update:
            self.session.expire_all()
        return result


class Database:
    """One register. Threads share it; each transaction has a connection of its own."""

    def __init__(self, place: str | Path, *, busy_seconds: float = BUSY_SECONDS) -> None:
        url = str(place) if "://" in str(place) else f"sqlite:///{place}"
        if not url.startswith("sqlite:///"):
            raise RefusedError(Reason.UNSUPPORTED, "registers other than SQLite: not supported yet")
        self._url = url
        self._writer = _engine(url, busy_seconds, writes=True)
        self._reader = _engine(url, busy_seconds, writes=False)
        self._busy_seconds = busy_seconds
        self._turn = threading.Lock()
        self._known: dict[str, Any] = {}

    @contextmanager
    def transaction(self, *, durable: bool = True) -> Iterator[Transaction]:
        """Write: committed when the block ends, rolled back when it raises.

        `durable=False` survives the death of the process but not a power cut until the next durable
        commit, and costs no fsync: for what may be done twice, such as a beginning or a filing.
        """
        # Threads queue here: SQLite's own wait is a sleep that serves whoever wakes first.
        if not self._turn.acquire(timeout=self._busy_seconds):
            raise TryLaterError(_AWAY[sqlite3.SQLITE_BUSY])
        try:
            with _translated(), Session(self._writer, expire_on_commit=False) as session:
                level = "FULL" if durable else "NORMAL"
                session.connection(execution_options={"mailbridge_synchronous": level})
                yield Transaction(session, self._known)
                session.commit()
        finally:
            self._turn.release()

    @contextmanager
    def reading(self) -> Iterator[Transaction]:
        """Read one consistent state; a write in it is refused by the database."""
        with _translated(), Session(self._reader, expire_on_commit=False) as session:
            yield Transaction(session, self._known)

    def migrate(self, office: str = "") -> None:
        """Bring the tables to the form that this program knows; quick when they are.

        `office` gets what an older register holds, which knew one office alone.
        """
        if self._version() == HEAD:
            return
        # Alembic takes a quarter of a second to import: only who migrates pays for it.
        upgrade = import_module("mailbridge.registry.migrating").upgrade
        copying = _engine(self._url, self._busy_seconds, writes=True, copies=True)
        try:
            with self._turn, _translated(), copying.connect() as connection, connection.begin():
                upgrade(connection, office)
                _refuse_broken_keys(connection)
        finally:
            copying.dispose()

    def close(self) -> None:
        """Close every connection; the last one folds the write-ahead log into the file."""
        self._reader.dispose()
        self._writer.dispose()

    def _version(self) -> str | None:
        with _translated(), self._reader.connect() as connection:
            names = "SELECT name FROM sqlite_master WHERE name = 'alembic_version'"
            if connection.execute(text(names)).first() is None:
                return None
            row = connection.execute(text("SELECT version_num FROM alembic_version")).first()
            return str(row[0]) if row else None


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

    def __exit__(self, *_: object) -> None:
        """Give the lock back."""
        if self._file is not None:
            os.close(self._file)
            self._file = None


def _refuse_broken_keys(connection: Connection) -> None:
    """Look after a migration that nothing points at a row that is gone."""
    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").first()
    if broken is not None:
        raise RefusedError(Reason.INTERNAL, f"the register is damaged: {tuple(broken)}")


def _engine(url: str, busy_seconds: float, *, writes: bool, copies: bool = False) -> Engine:
    """Make a pool of open connections.

    Who copies a table that others point at looks after their keys himself.

    A new connection would read schema and settings anew, and the last one to close would fold the
    write-ahead log into the file with two fsyncs; one shared connection would join the transactions
    of all threads. So each transaction borrows one of a pool.
    """
    engine = create_engine(
        url, connect_args={"timeout": busy_seconds, "check_same_thread": False}, pool_size=8
    )

    @event.listens_for(engine, "connect")
    def connected(connection: sqlite3.Connection, _: object) -> None:
        # The driver's own implicit BEGIN is deferred: two who read and then write lose updates.
        connection.isolation_level = None
        _write_ahead(connection, busy_seconds)
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute(f"PRAGMA foreign_keys = {'OFF' if copies else 'ON'}")
        connection.execute(f"PRAGMA query_only = {'OFF' if writes else 'ON'}")

    @event.listens_for(engine, "begin")
    def begun(connection: Connection) -> None:
        if not writes:
            connection.exec_driver_sql("BEGIN")
            return
        level = connection.get_execution_options().get("mailbridge_synchronous", "FULL")
        connection.exec_driver_sql(f"PRAGMA synchronous = {level}")
        connection.exec_driver_sql("BEGIN IMMEDIATE")

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


@contextmanager
def _translated() -> Iterator[None]:
    try:
        yield
    except OperationalError as error:
        code = getattr(error.orig, "sqlite_errorcode", 0)
        # The low octet is the error, the rest tells which kind of it.
        sentence = _AWAY.get(code & 0xFF)
        if sentence is None:
            raise
        raise TryLaterError(sentence) from error
