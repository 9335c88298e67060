"""Pacing: so many letters a minute leave to one mail domain, and urgent ones are not slowed.

A provider that sees hundreds at once takes us for a robot, and closes the account for everybody.
"""

from collections import deque
from dataclasses import dataclass, field
from datetime import datetime, timedelta

_MINUTE = timedelta(seconds=60)


@dataclass(slots=True)
class Pace:
    """What left to each domain in the last minute; 0 a minute is no limit."""

    per_minute: int = 0
    _left: dict[str, deque[datetime]] = field(default_factory=dict)

    def wait_until(self, address: str, now: datetime) -> datetime | None:
        """Tell until when a letter to this address waits; None: it may leave now."""
        left = self._recent(address, now)
        if not self.per_minute or len(left) < self.per_minute:
            return None
        return left[-self.per_minute] + _MINUTE

    def leaves(self, address: str, now: datetime) -> None:
        """Count a letter that was tried."""
        if self.per_minute:
            self._recent(address, now).append(now)

    def _recent(self, address: str, now: datetime) -> deque[datetime]:
        left = self._left.setdefault(address.rpartition("@")[2].lower(), deque())
        while left and now - left[0] >= _MINUTE:
            left.popleft()
        return left
