"""The mails that wait to be examined: urgent ones first, then in the order of their coming."""

import heapq
import itertools
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from mailbridge.actions.receive import Begun
from mailbridge.model.outcome import Outcome


@dataclass(frozen=True, slots=True)
class Work:
    """One mail to examine, and whom to tell when it is settled (None: only to be filed)."""

    mail: Begun
    rank: int
    settled: Callable[[Begun, Outcome | None], None]


@dataclass(order=True, slots=True)
class _Place:
    rank: int
    turn: int
    work: Work = field(compare=False)


class WorkQueue:
    """A small queue: most of a backlog waits in the mailbox, where urgent mail overtakes it."""

    def __init__(self, room: int) -> None:
        self._room = room
        self._heap: list[_Place] = []
        self._delayed: list[tuple[float, int, Work]] = []
        self._turns = itertools.count()
        self._in_hand = 0
        self._changed = threading.Condition()
        self._closed = False

    def put(self, work: Work, *, delay: float = 0.0) -> None:
        """Add a mail, at once or after that many seconds."""
        with self._changed:
            turn = next(self._turns)
            if delay:
                heapq.heappush(self._delayed, (time.monotonic() + delay, turn, work))
            else:
                heapq.heappush(self._heap, _Place(-work.rank, turn, work))
            self._changed.notify_all()

    def get(self) -> Work | None:
        """Take the next mail; None when the queue is closed."""
        with self._changed:
            while not self._closed:
                self._ripen()
                if self._heap:
                    self._in_hand += 1
                    return heapq.heappop(self._heap).work
                self._changed.wait(self._until_ripe())
            return None

    def done(self) -> None:
        """Say that a mail taken is dealt with."""
        with self._changed:
            self._in_hand -= 1
            self._changed.notify_all()

    def has_room(self, wait: float = 0.0) -> bool:
        """Tell whether more may be fetched, waiting so long for room."""
        with self._changed:
            return self._changed.wait_for(
                lambda: self._closed or len(self._heap) < self._room, wait
            )

    def is_idle(self) -> bool:
        """Tell whether nothing waits and nothing is in hand; what is delayed does not count."""
        with self._changed:
            return not self._heap and not self._in_hand

    def close(self) -> None:
        """Let every waiting thread go; what is left stays in the mailbox and the ledger."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()

    def _ripen(self) -> None:
        while self._delayed and self._delayed[0][0] <= time.monotonic():
            _, turn, work = heapq.heappop(self._delayed)
            heapq.heappush(self._heap, _Place(-work.rank, turn, work))

    def _until_ripe(self) -> float | None:
        return max(0.0, self._delayed[0][0] - time.monotonic()) if self._delayed else None
