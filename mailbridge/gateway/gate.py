"""Who may come in: passwords are checked beside the event loop, and guesses are slowed."""

import asyncio
import time
from dataclasses import dataclass

import structlog

from mailbridge.gateway.attempts import ACCOUNT_FAILURES, CLIENT_FAILURES, Attempts
from mailbridge.gateway.people import People, Person

# Each check takes 64 MiB and a tenth of a second: a hundred at once would take the machine.
CHECKS = 2

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Login:
    """What came of a login."""

    person: Person | None = None
    is_locked: bool = False


class Gate:
    """The gate of one door; used by its event loop alone."""

    def __init__(self, people: People) -> None:
        self._people = people
        self._accounts = Attempts(ACCOUNT_FAILURES, time.monotonic)
        self._clients = Attempts(CLIENT_FAILURES, time.monotonic)
        self._checks = asyncio.Semaphore(CHECKS)

    async def login(self, account: bytes, password: bytes, client: str) -> Login:
        """Check a password, unless too many were wrong; a wrong one is answered late."""
        name = account.decode("utf-8", "replace").strip().lower()[:256]
        async with self._checks:
            # Asked here and no sooner: a hundred guesses at once would all be before the lock.
            if self._accounts.is_locked(name) or self._clients.is_locked(client):
                _log.warning("login locked", account=name, client=client)
                return Login(is_locked=True)
            person = await asyncio.to_thread(self._people.login, account, password)
            if person is None:
                self._accounts.failed(name)
                self._clients.failed(client)
        if person is not None:
            self._accounts.succeeded(name)
            return Login(person)
        _log.warning("login refused", account=name, client=client)
        await asyncio.sleep(max(self._accounts.pause(name), self._clients.pause(client)))
        return Login()
