"""PostgreSQL by URL, when several agencies or servers share one register.

One writer at a time, as on SQLite: every writing transaction takes one advisory lock first, and so
decides on what is committed. Numbers, the chain of the journal and duplicates need no more thought
than with the embedded database; a commit costs a millisecond or two, and offices wait for no other
(docs/decisions/0012).
"""

import re
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any

from psycopg import Connection as Driver
from psycopg.types.string import StrDumper
from sqlalchemy import URL, Connection, Engine, create_engine, event, text
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.exc import TimeoutError as NoConnectionError

from mailbridge.model.errors import Reason, RefusedError, TryLaterError

# "mailbri" in octets: the lock of whoever writes. Locks of others on that server have other keys.
WRITING = 0x6D61696C627269
# A reader that was forgotten must not hold back the cleaning of old rows for ever.
_STATEMENT_SECONDS = 120
_CONNECT_SECONDS = 10
# A writer that was stopped in the middle would keep every other one waiting for ever.
_IDLE_SECONDS = 60
# A machine that lost its power says no farewell: what it had locked is free after so long.
_SILENT_SECONDS, _PROBES = 10, 3
# The first release with all that is used here, and the one that the tests run on.
_OLDEST = 150_000

# SQLSTATE (PostgreSQL, Appendix A), by its beginning: what passes by itself.
_AWAY = {
    "08": "the register's server cannot be reached",
    "53100": "the disk of the register is full",
    "53": "the register's server is out of memory or connections",
    "55P03": "the register is locked by another process",
    "57014": "the register did not answer in time",
    "25P03": "the register waited too long for this program",
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


# The tables here whose ids the server counts.
_SEQUENCES = text(
    "SELECT quote_ident(c.relname), quote_ident(a.attname), s.name FROM pg_class AS c"
    " JOIN pg_attribute AS a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped"
    " CROSS JOIN LATERAL"
    " (SELECT pg_get_serial_sequence(quote_ident(c.relname), a.attname) AS name) AS s"
    " WHERE c.relkind = 'r' AND c.relnamespace = current_schema()::regnamespace"
    " AND s.name IS NOT NULL"
)

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
        engine = create_engine(
            self._url,
            pool_size=4,
            max_overflow=8,
            pool_pre_ping=True,
            isolation_level="READ COMMITTED" if writes else "REPEATABLE READ",
            # A table of values in an error text could show what a mail says.
            hide_parameters=True,
            connect_args=connecting("mailbridge", self._limits(writes=writes, copies=copies)),
        )
        event.listen(engine, "connect", _connected)
        if copies:
            event.listen(engine, "begin", _refuse_unfit)
        event.listen(engine, "begin", _begin_writing if writes else _begin_reading)
        return engine

    def _limits(self, *, writes: bool, copies: bool) -> dict[str, int]:
        """Give how many milliseconds the server waits for what."""
        limits = {"lock_timeout": int(self._busy_seconds * 1000)}
        if not copies:
            # A migration of a large register takes as long as it takes.
            limits["statement_timeout"] = _STATEMENT_SECONDS * 1000
        if writes and not copies:
            limits["idle_in_transaction_session_timeout"] = _IDLE_SECONDS * 1000
        return limits

    def begins(self, *, durable: bool) -> dict[str, Any]:
        """Give what a writing transaction begins with."""
        return {"mailbridge_synchronous": "on" if durable else "off"}

    def has_table(self, connection: Connection, name: str) -> bool:
        """Tell whether there is such a table."""
        return (
            connection.execute(text("SELECT to_regclass(:name)"), {"name": name}).scalar()
            is not None
        )

    def fold(self, pool: Engine) -> bool:
        """Leave the log alone: it is the server's, as are the copies that are made of it."""
        del pool
        return True

    def migrated(self, connection: Connection) -> None:
        """Let ids go on after the largest: rows that a migration copied brought theirs along."""
        for table, column, sequence in connection.execute(_SEQUENCES).all():
            connection.exec_driver_sql(
                f"SELECT setval('{sequence}', largest) FROM (SELECT max({column}) AS largest"
                f" FROM {table}) AS ids, {sequence} AS counted WHERE largest >= counted.last_value"
            )

    def translated(self) -> AbstractContextManager[None]:
        """Turn what passes by itself into TryLaterError, and what never will into RefusedError."""
        return translated()


@contextmanager
def translated() -> Iterator[None]:
    """Turn what passes by itself into TryLaterError, and what never will into RefusedError."""
    try:
        yield
    except NoConnectionError:
        raise TryLaterError(_AWAY["53"]) from None
    except DBAPIError as error:
        state = getattr(error.orig, "sqlstate", None) or _state_of_connecting(error)
        # Without its cause: a driver's words may hold the whole URL.
        if sentence := _sentence(_AWAY, state):
            raise TryLaterError(sentence) from None
        if sentence := _sentence(_WRONG, state):
            raise RefusedError(Reason.INTERNAL, sentence) from None
        raise


def connecting(name: str, limits: dict[str, int]) -> dict[str, Any]:
    """Give what a connection is made with; both its ends notice when the other is silent."""
    ours = {
        "keepalives_idle": _SILENT_SECONDS,
        "keepalives_interval": _SILENT_SECONDS,
        "keepalives_count": _PROBES,
        "tcp_user_timeout": _SILENT_SECONDS * _PROBES * 1000,
    }
    theirs = {
        "timezone": "UTC",
        **limits,
        **{f"tcp_{key}" if key[0] == "k" else key: value for key, value in ours.items()},
    }
    options = " ".join(f"-c {key}={value}" for key, value in theirs.items())
    named = {"connect_timeout": _CONNECT_SECONDS, "application_name": name}
    return {**named, **ours, "options": options}


class _TextWithoutNul(StrDumper):
    """Texts as PostgreSQL takes them: it has no NUL, which SQLite keeps and hostile mail brings."""

    def dump(self, obj: str) -> Any:
        """Write U+FFFD instead, as Unicode advises for what cannot be shown."""
        return super().dump(obj.replace("\0", "\ufffd"))


def _connected(connection: Driver[Any], _: object) -> None:
    connection.adapters.register_dumper(str, _TextWithoutNul)


def _refuse_unfit(connection: Connection) -> None:
    """Refuse a server that is too old, or a database that cannot hold Vietnamese letters."""
    version = connection.exec_driver_sql("SHOW server_version_num").scalar() or 0
    encoding = connection.exec_driver_sql("SHOW server_encoding").scalar()
    if int(version) < _OLDEST:
        raise RefusedError(Reason.UNSUPPORTED, "the register needs PostgreSQL 15 or newer")
    if encoding != "UTF8":
        raise RefusedError(Reason.UNSUPPORTED, f"the register's encoding is {encoding}, not UTF8")


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
