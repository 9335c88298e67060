"""Failed logins, counted for each account and each client: who guesses is slowed, then locked out.

The counters live in memory: a restart forgives, and nobody can fill the register with guesses.
"""

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field

# A dictionary attack on one account: ten guesses a quarter of an hour are a thousand a day.
ACCOUNT_FAILURES = 10
# One host that tries a few passwords on every account. Behind loopback everybody is one host.
CLIENT_FAILURES = 50
LOCK_SECONDS = 900.0
# A password that is guessed over one connection as quickly as we answer.
FIRST_PAUSE_SECONDS = 0.5
LONGEST_PAUSE_SECONDS = 8.0
# Made-up account names that would fill our memory: the oldest are forgotten.
KEYS = 10_000


@dataclass(slots=True)
class _Failures:
    times: list[float] = field(default_factory=list)


class Attempts:
    """Failures of one kind of key (accounts, or clients) within the last quarter of an hour."""

    def __init__(self, limit: int, seconds: Callable[[], float]) -> None:
        self._limit = limit
        self._seconds = seconds
        self._failures: OrderedDict[str, _Failures] = OrderedDict()

    def is_locked(self, key: str) -> bool:
        """Tell whether nothing is tried for this key now, right or wrong."""
        return self._recent(key) >= self._limit

    def pause(self, key: str) -> float:
        """Tell how many seconds the next answer to this key waits."""
        failures = min(self._recent(key), 10)
        return min(FIRST_PAUSE_SECONDS * 2**failures / 2, LONGEST_PAUSE_SECONDS) if failures else 0

    def failed(self, key: str) -> None:
        """Count a failure."""
        entry = self._failures.setdefault(key, _Failures())
        entry.times.append(self._seconds())
        self._failures.move_to_end(key)
        while len(self._failures) > KEYS:
            self._failures.popitem(last=False)

    def succeeded(self, key: str) -> None:
        """Forget the failures of who got in."""
        self._failures.pop(key, None)

    def _recent(self, key: str) -> int:
        entry = self._failures.get(key)
        if entry is None:
            return 0
        since = self._seconds() - LOCK_SECONDS
        entry.times = [time for time in entry.times if time > since]
        if not entry.times:
            del self._failures[key]
        return len(entry.times)
