"""The thread that takes letters from the outbox to their servers."""

import threading
from collections.abc import Mapping

import structlog

from mailbridge import clock
from mailbridge.actions.desk import Desk
from mailbridge.actions.house import House
from mailbridge.actions.post import Posting
from mailbridge.model.errors import TryLaterError

# The outbox is looked at this often, besides at every settled mail.
LOOK_SECONDS = 5.0

_log = structlog.get_logger(__name__)


class Poster(threading.Thread):
    """Posts what is due, one letter after the other."""

    def __init__(self, house: House, desks: Mapping[str, Desk]) -> None:
        super().__init__(name="poster", daemon=True)
        self._posting = Posting(house, desks, clock.now)
        self._desks = desks
        self._stopping = threading.Event()
        self._wanted = threading.Event()

    def run(self) -> None:
        """Post until stopped."""
        while not self._stopping.is_set():
            self._wanted.clear()
            try:
                self._posting.due(lambda: not self._stopping.is_set())
            except TryLaterError as error:
                _log.warning("outbox away", detail=error.detail)
            except Exception:
                # A letter that cannot be composed must not keep the others from leaving.
                _log.exception("posting failed")
            self._wanted.wait(LOOK_SECONDS)
        for desk in self._desks.values():
            desk.post.close()
            if desk.sender.openpgp is not None:
                desk.sender.openpgp.forget()

    def wake(self) -> None:
        """Say that a letter may be due."""
        self._wanted.set()

    def stop(self) -> None:
        """Ask the thread to end after the letter in hand."""
        self._stopping.set()
        self._wanted.set()
