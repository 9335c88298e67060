"""PostgreSQL by URL, when several agencies or servers share one register.

One writer at a time, as on SQLite: every writing transaction takes one advisory lock first, and so
decides on what is committed. Numbers, the chain of the journal and duplicates need no more thought
than with the embedded database; a commit costs a millisecond or two, and offices wait for no other
(docs/decisions/0012).
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, text
from sqlalchemy.exc import DBAPIError, OperationalError

from mailbridge.model.errors import Reason, RefusedError, TryLaterError

# "mailbri" in octets: the lock of whoever writes. Locks of others on that server have other keys.
WRITING = 0x6D61696C627269
# A reader that was forgotten must not hold back the cleaning of old rows for ever.
_STATEMENT_SECONDS = 120
_CONNECT_SECONDS = 10

# SQLSTATE (PostgreSQL, Appendix A), by its beginning: what passes by itself.
_AWAY = {
    "08": "the register's server cannot be reached",
    "53100": "the disk of the register is full",
    "53": "the register's server is out of memory or connections",
    "55P03": "the register is locked by another process",
    "57014": "the register did not answer in time",
    "57P": "the register's server is stopping or starting",
    "40": "another transaction was in the way",
    "25006": "the register cannot be written: its server takes no writes now",
}
# What an administrator has to mend; the server's own words may repeat names, and never a password.
_WRONG = {
    "28": "the register's server does not accept this role or password",
    "3D000": "the register's server has no such database",
    "42501": "the role may not do this in the register",
}


_NO_DATABASE = re.compile(r'database "[^"]*" does not exist')
_NO_ENTRY = re.compile(
    r'password authentication failed|role "[^"]*" does not exist|no pg_hba\.conf entry'
)


class Postgres:
    """How a register on a server is spoken to."""

    def __init__(self, url: URL, busy_seconds: float) -> None:
        self._url, self._busy_seconds = url, busy_seconds

    def pool(self, *, writes: bool, copies: bool = False) -> Engine:
        """Make a pool of connections that write, or that may only read."""
        del copies
        milliseconds = int(self._busy_seconds * 1000)
        engine = create_engine(
            self._url,
            pool_size=4,
            max_overflow=8,
            pool_pre_ping=True,
            isolation_level="READ COMMITTED" if writes else "REPEATABLE READ",
            # A table of values in an error text could show what a mail says.
            hide_parameters=True,
            connect_args={
                "connect_timeout": _CONNECT_SECONDS,
                "application_name": "mailbridge",
                "options": f"-c lock_timeout={milliseconds}"
                f" -c statement_timeout={_STATEMENT_SECONDS * 1000} -c timezone=UTC",
            },
        )
        event.listen(engine, "begin", _begin_writing if writes else _begin_reading)
        return engine

    def begins(self, *, durable: bool) -> dict[str, Any]:
        """Give what a writing transaction begins with."""
        return {"mailbridge_synchronous": "on" if durable else "off"}

    def has_table(self, connection: Connection, name: str) -> bool:
        """Tell whether there is such a table."""
        return (
            connection.execute(text("SELECT to_regclass(:name)"), {"name": name}).scalar()
            is not None
        )

    def fold(self, pool: Engine) -> None:
        """Leave the log alone: it is the server's, as are the copies that are made of it."""
        del pool

    def migrated(self, connection: Connection) -> None:
        """Look for nothing: keys were held all the time."""

    @contextmanager
    def translated(self) -> Iterator[None]:
        """Turn what passes by itself into TryLaterError, and what never will into RefusedError."""
        try:
            yield
        except DBAPIError as error:
            state = getattr(error.orig, "sqlstate", None) or _state_of_connecting(error)
            # Without its cause: a driver's words may hold the whole URL.
            if sentence := _sentence(_AWAY, state):
                raise TryLaterError(sentence) from None
            if sentence := _sentence(_WRONG, state):
                raise RefusedError(Reason.INTERNAL, sentence) from None
            raise


def _begin_writing(connection: Connection) -> None:
    level = connection.get_execution_options().get("mailbridge_synchronous", "on")
    connection.exec_driver_sql(f"SET LOCAL synchronous_commit = {level}")
    connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({WRITING})")


def _begin_reading(connection: Connection) -> None:
    connection.exec_driver_sql("SET TRANSACTION READ ONLY")


def _state_of_connecting(error: DBAPIError) -> str:
    """Give what is known of a connection that was not made: its driver tells words and no SQLSTATE.

    A server that speaks another language than English is taken for one that is away.
    """
    words = str(error.orig)
    if _NO_DATABASE.search(words):
        return "3D000"
    if _NO_ENTRY.search(words):
        return "28000"
    return "08" if isinstance(error, OperationalError) else ""


def _sentence(sentences: dict[str, str], state: str) -> str | None:
    longest = sorted((one for one in sentences if state.startswith(one)), key=len)
    return sentences[longest[-1]] if longest and state else None
