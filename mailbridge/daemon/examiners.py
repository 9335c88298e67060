"""Threads that lead mails from the queue to their outcomes."""

import threading
from contextlib import suppress

import structlog

from mailbridge import clock
from mailbridge.actions.house import House
from mailbridge.actions.receive import Begun, quarantine, receive
from mailbridge.daemon.queue import Work, WorkQueue
from mailbridge.isolation.pool import ChildDiedError, PoolClosedError
from mailbridge.model.errors import Reason, TryLaterError
from mailbridge.model.outcome import Outcome
from mailbridge.registry import ledger

# A locked registry or a full disk is looked at again after this many seconds.
AGAIN_SECONDS = 15.0

_log = structlog.get_logger(__name__)


class Examiner(threading.Thread):
    """One thread that examines and settles, one mail after the other."""

    def __init__(
        self, house: House, queue: WorkQueue, name: str, *, warms_up: bool = False
    ) -> None:
        super().__init__(name=name, daemon=True)
        self._warms_up = warms_up
        self._house = house
        self._queue = queue

    def run(self) -> None:
        """Work until the queue is closed."""
        if self._warms_up:
            _warm_up(self._house)
        while (work := self._queue.get()) is not None:
            try:
                examine_one(self._house, self._queue, work)
            except Exception:
                # Not even the quarantine took it: the row stays open for the next start, and the
                # other mails are still examined.
                _log.exception("a mail was left open", ledger=work.mail.ledger)
            finally:
                self._queue.done()


def _warm_up(house: House) -> None:
    """Start the children that the first mail would wait a second for.

    Here and in no thread that ends soon: the kernel ends a child with the thread that began it.
    """
    for pool in (house.rooms.opener, house.rooms.reader):
        # What keeps a child from starting is told with the first mail, which tries again.
        with suppress(PoolClosedError, ChildDiedError, TryLaterError):
            _log.info("child ready", walls=pool.warm())


def examine_one(house: House, queue: WorkQueue, work: Work) -> None:
    """Lead one mail to its outcome, whatever happens on the way."""
    mail = work.mail
    try:
        outcome = receive(house, mail, clock.now())
    except PoolClosedError:
        _abandon(house, mail)
        return
    except TryLaterError as error:
        _log.warning("try later", ledger=mail.ledger, detail=error.detail)
        _abandon(house, mail)
        queue.put(work, delay=error.after_seconds or AGAIN_SECONDS)
        return
    except Exception:
        # Everything else is a bug: told once with its traceback, and the mail is quarantined.
        _log.exception("settling failed", ledger=mail.ledger)
        outcome = _quarantined(house, mail)
        if outcome is None:
            queue.put(work, delay=AGAIN_SECONDS)
            return
    _log_outcome(mail, outcome)
    work.settled(mail, outcome)


def _quarantined(house: House, mail: Begun) -> Outcome | None:
    try:
        return quarantine(house, mail, Reason.INTERNAL, "a bug: see the log", clock.now())
    except TryLaterError:
        return None


def _abandon(house: House, mail: Begun) -> None:
    # The registry may be what is away; then the beginning is counted, which is harmless.
    with suppress(TryLaterError), house.database.transaction() as tx:
        ledger.abandon(tx, mail.ledger)


def _log_outcome(mail: Begun, outcome: Outcome | None) -> None:
    if outcome is None:
        return
    _log.info(
        "settled",
        ledger=mail.ledger,
        slot=str(mail.arrival.slot),
        fingerprint=mail.fingerprint,
        outcome=type(outcome).__name__.lower(),
        reason=getattr(outcome, "reason", None),
        numbers=[str(number) for number in getattr(outcome, "numbers", ())],
    )
