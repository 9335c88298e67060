"""The gateway as the daemon sees it: started with it, stopped with it."""

import threading
import time

from mailbridge.daemon.queue import WorkQueue
from mailbridge.daemon.submitting import Submitting
from mailbridge.gateway.deliveries import Deliveries
from mailbridge.gateway.doors import LEAVE_SECONDS, Door, Doors


class Gateway:
    """The doors that the settings name, and the threads behind them."""

    def __init__(self, deliveries: Deliveries | None, submitting: Submitting | None) -> None:
        self._deliveries = deliveries
        self._submitting = submitting
        self._doors: list[Door] = []
        self._open: Doors | None = None

    def add(self, door: Door) -> None:
        """Take one more door, before the start."""
        self._doors.append(door)

    def start(self, work: WorkQueue) -> None:
        """Open the doors; raises TryLaterError where that is not possible."""
        if self._deliveries is not None:
            self._deliveries.feed(work)
        if self._submitting is not None:
            self._submitting.start()
        self._open = Doors(tuple(self._doors))
        self._open.open()

    def wake(self) -> None:
        """Say that something was submitted."""
        if self._submitting is not None:
            self._submitting.wake()

    def stop(self) -> None:
        """Close the doors, within a part of the ten seconds that the service has to leave."""
        if self._open is not None:
            self._open.stop()
        if self._deliveries is not None:
            self._deliveries.stop()
        if self._submitting is not None:
            self._submitting.stop()
        end = time.monotonic() + LEAVE_SECONDS
        for thread in self._threads():
            if thread.is_alive():
                thread.join(max(0.0, end - time.monotonic()))

    def is_alive(self) -> bool:
        """Tell whether every thread runs."""
        return all(thread.is_alive() for thread in self._threads())

    @property
    def ports(self) -> dict[str, int]:
        """The port of each door that has one."""
        return self._open.ports if self._open else {}

    def _threads(self) -> list[threading.Thread]:
        threads = (self._open, self._deliveries, self._submitting)
        return [thread for thread in threads if thread is not None]
