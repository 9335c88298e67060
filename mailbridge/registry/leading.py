"""Which daemon has which mailboxes, where several share a register on PostgreSQL.

The server itself keeps the locks as long as the connection lives: who dies, or is cut off, has none
any more, and a daemon that stands by takes over. Octets lie in a folder on the daemon's machine:
its lock is taken as well, because a daemon that starts removes what another left unfinished there.
"""

import hashlib
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

from sqlalchemy import Connection, create_engine, make_url, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool

from mailbridge.model.errors import TryLaterError
from mailbridge.registry.postgres import connecting, translated
from mailbridge.registry.sqlite import SingleWriter


class Leader:
    """Has these mailboxes while its block lasts and its connection lives."""

    def __init__(
        self, url: str, password: str | None, mailboxes: Sequence[str], lock: Path
    ) -> None:
        made = make_url(url)
        self._engine = create_engine(
            made.set(password=password) if password else made,
            poolclass=NullPool,
            isolation_level="AUTOCOMMIT",
            hide_parameters=True,
            connect_args=connecting("mailbridge leader", {}),
        )
        self._mailboxes = tuple(mailboxes)
        self._folder = SingleWriter(lock)
        self._connection: Connection | None = None

    def __enter__(self) -> Self:
        """Take the folder and every mailbox, or none.

        Raises TryLaterError when another daemon has one, and RefusedError when the server does not
        let us in.
        """
        self._folder.__enter__()
        try:
            with translated():
                self._connection = self._engine.connect()
                for mailbox in self._mailboxes:
                    self._take(self._connection, mailbox)
        except BaseException:
            self._leave()
            raise
        return self

    @staticmethod
    def _take(connection: Connection, mailbox: str) -> None:
        lock = text("SELECT pg_try_advisory_lock(:key)")
        if not connection.execute(lock, {"key": key_of(mailbox)}).scalar():
            raise TryLaterError(f"another daemon has the mailbox {mailbox}")

    def holds(self) -> bool:
        """Tell whether the connection, and with it the locks, is still there."""
        if self._connection is None:
            return False
        try:
            self._connection.execute(text("SELECT 1"))
        except DBAPIError:
            return False
        return not self._connection.invalidated

    def _leave(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None
        self._engine.dispose()
        self._folder.__exit__()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Give the mailboxes back."""
        self._leave()


def key_of(mailbox: str) -> int:
    """Give the key of a mailbox's lock: 63 bits of a digest, with our name in it."""
    digest = hashlib.sha256(f"mailbridge mailbox {mailbox}".encode()).digest()
    return int.from_bytes(digest[:8], "big") >> 1
