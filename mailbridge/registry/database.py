"""The database: the only commit. SQLite in a file, or PostgreSQL by URL."""

import threading
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from importlib import import_module
from pathlib import Path
from typing import Any, Protocol

from sqlalchemy import (
    URL,
    Connection,
    CursorResult,
    Engine,
    Executable,
    Table,
    make_url,
    text,
)
from sqlmodel import Session

from mailbridge.model.errors import Reason, RefusedError, TryLaterError
from mailbridge.registry import recall_tables
from mailbridge.registry.sqlite import BUSY, Sqlite

# Tables refer to one another: whoever uses one needs to know them all.
TABLES = recall_tables.METADATA

# The form of the tables that this program knows; tests hold it to the newest migration.
HEAD = "0020"

# As long as one transaction waits for another, here or in another process.
BUSY_SECONDS = 10


class Kind(Protocol):
    """What the two databases do each in its own way."""

    def pool(self, *, writes: bool, copies: bool = False) -> Engine:
        """Make a pool of connections that write, or that may only read."""

    def begins(self, *, durable: bool) -> dict[str, Any]:
        """Give what a writing transaction begins with."""

    def has_table(self, connection: Connection, name: str) -> bool:
        """Tell whether there is such a table."""

    def fold(self, pool: Engine) -> bool:
        """Leave nothing in the log that was erased from the tables; false where it is in use."""

    def migrated(self, connection: Connection) -> None:
        """Look over the tables after a migration."""

    def translated(self) -> AbstractContextManager[None]:
        """Turn what passes by itself into TryLaterError."""


class Transaction:
    """What a function needs in order to write: it is given one, and cannot commit it."""

    __slots__ = ("_connection", "heads", "known", "session")

    def __init__(
        self, session: Session, known: dict[Any, Any], connection: Connection | None = None
    ) -> None:
        self.session = session
        # What is kept between transactions under the digest of what it was read from.
        self.known = known
        # Last line of each journal that was written here, and its digest.
        self.heads: dict[str, tuple[int, str]] = {}
        self._connection = connection

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

    def add_once(self, table: Table, **values: object) -> None:
        """Insert a row, unless one of its unique keys is taken."""
        dialect = self.session.get_bind().dialect.name
        made = self.known.get(("once", table.name))
        if made is None:
            # Only the dialect in use is loaded.
            insert = import_module(f"sqlalchemy.dialects.{dialect}").insert
            made = insert(table).on_conflict_do_nothing()
            self.known["once", table.name] = made
        self.run(made, **values)


class Database:
    """One register. Threads share it; each transaction has a connection of its own."""

    def __init__(
        self,
        place: str | Path,
        *,
        password: str | None = None,
        busy_seconds: float = BUSY_SECONDS,
    ) -> None:
        url = make_url(str(place) if "://" in str(place) else f"sqlite:///{place}")
        # Not within the text of the URL: that is told where something is wrong with it.
        self._kind = _kind(url.set(password=password) if password else url, busy_seconds)
        self._writer = self._kind.pool(writes=True)
        self._reader = self._kind.pool(writes=False)
        self._busy_seconds = busy_seconds
        self._turn = threading.Lock()
        self._known: dict[Any, Any] = {}

    @contextmanager
    def transaction(self, *, durable: bool = True) -> Iterator[Transaction]:
        """Write: committed when the block ends, rolled back when it raises.

        `durable=False` survives the death of the process but not a power cut until the next durable
        commit, and costs no fsync: for what may be done twice, such as a beginning or a filing.
        """
        # Threads queue here: SQLite's own wait is a sleep that serves whoever wakes first, and on
        # PostgreSQL each would hold a connection while it waits for the same lock.
        if not self._turn.acquire(timeout=self._busy_seconds):
            raise TryLaterError(BUSY)
        try:
            with self._kind.translated(), Session(self._writer, expire_on_commit=False) as session:
                connection = session.connection(
                    execution_options=self._kind.begins(durable=durable)
                )
                yield Transaction(session, self._known, connection)
                session.commit()
        finally:
            self._turn.release()

    @contextmanager
    def reading(self) -> Iterator[Transaction]:
        """Read one consistent state; a write in it is refused by the database."""
        with self._kind.translated(), Session(self._reader, expire_on_commit=False) as session:
            yield Transaction(session, self._known)

    def migrate(self, office: str = "") -> None:
        """Bring the tables to the form that this program knows; quick when they are.

        `office` gets what an older register holds, which knew one office alone.
        """
        if self._version() == HEAD:
            return
        # Alembic takes a quarter of a second to import: only who migrates pays for it.
        upgrade = import_module("mailbridge.registry.migrating").upgrade
        copying = self._kind.pool(writes=True, copies=True)
        try:
            with (
                self._turn,
                self._kind.translated(),
                copying.connect() as connection,
                connection.begin(),
            ):
                upgrade(connection, office)
                self._kind.migrated(connection)
        finally:
            copying.dispose()

    def fold(self) -> bool:
        """Leave nothing in the log that was erased from the tables; call it after such a commit.

        False where somebody still reads an older state: what was erased is in the log until then.
        """
        with self._turn, self._kind.translated():
            return self._kind.fold(self._writer)

    def close(self) -> None:
        """Close every connection; the last one folds the write-ahead log into the file."""
        self._reader.dispose()
        self._writer.dispose()

    def _version(self) -> str | None:
        with self._kind.translated(), self._reader.connect() as connection:
            if not self._kind.has_table(connection, "alembic_version"):
                return None
            row = connection.execute(text("SELECT version_num FROM alembic_version")).first()
            return str(row[0]) if row else None


def _kind(url: URL, busy_seconds: float) -> Kind:
    if url.drivername == "sqlite":
        return Sqlite(url, busy_seconds)
    if url.drivername == "postgresql+psycopg":
        # Its driver is loaded by those alone who have such a register.
        found: Kind = import_module("mailbridge.registry.postgres").Postgres(url, busy_seconds)
        return found
    raise RefusedError(Reason.UNSUPPORTED, "a register is SQLite or postgresql+psycopg://")
