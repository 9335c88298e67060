"""Post: take one letter (or one batch of notices) from the outbox to its server.

The attempt and its next time are registered before the network is touched, so that a server which
kills us is not hammered. A lost answer after DATA is `uncertain`: receipts and notices leave again
under the same Message-ID.
"""

from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial

import structlog

from mailbridge.actions import breaker
from mailbridge.actions.ahead import Ahead
from mailbridge.actions.desk import Claimed, Desk, laid
from mailbridge.actions.house import House
from mailbridge.actions.noting import Ending, note, put_off
from mailbridge.letters.endings import UncertainError
from mailbridge.model.errors import RefusedError, TryLaterError
from mailbridge.model.letter import LetterState
from mailbridge.registry import claiming, outbox
from mailbridge.registry.database import Transaction

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class _Ended:
    """How a try ended, and what is to be written of it."""

    ids: tuple[str, ...]
    state: LetterState
    write: Callable[[Transaction], None]


@dataclass(slots=True)
class Posting:
    """Letters on their way. What could not be written of one is kept, and written before others."""

    house: House
    desks: Mapping[str, Desk]
    now: Callable[[], datetime]
    _unwritten: _Ended | None = field(default=None, init=False)

    def due(self, go_on: Callable[[], bool]) -> list[LetterState]:
        """Post until nothing is due or we are told to stop; tells how each ended.

        One transaction writes how a letter ended and that the next one is being tried: the letters
        of an outage, or of one document for hundreds, leave in half the time.
        """
        states: list[LetterState] = []
        self._write_alone()
        with ThreadPoolExecutor(1, "handing-over") as beside:
            ahead = Ahead(self.house, self.desks, self.now, beside)
            while (claimed := self._next(ahead, go_on)) is not None:
                self._unwritten = _tried(claimed, ahead, self.now())
                states.append(self._unwritten.state)
        return states

    def _next(self, ahead: Ahead, go_on: Callable[[], bool]) -> Claimed | None:
        try:
            with self.house.database.transaction() as tx:
                if self._unwritten is not None:
                    self._unwritten.write(tx)
                claimed = self._claimed(tx, ahead) if go_on() else None
        except Exception:
            # Whatever is wrong with the next letter, the last one has ended.
            self._write_alone()
            raise
        self._unwritten = None
        return claimed

    def _claimed(self, tx: Transaction, ahead: Ahead) -> Claimed | None:
        now = self.now()
        due = claiming.take(tx, now, tuple(self.desks), breaker.held(tx, self.house, now))
        ahead.due = due
        return laid(self.desks, due.letters, due.away)

    def _write_alone(self) -> None:
        """Write what could not be written; TryLaterError: it cannot be written yet, and is kept."""
        ended = self._unwritten
        if ended is None:
            return
        if not self._is_written(ended):
            with self.house.database.transaction() as tx:
                outbox.uncertain(tx, ended.ids, "an error of the program", self.now())
        self._unwritten = None

    def _is_written(self, ended: _Ended) -> bool:
        try:
            with self.house.database.transaction() as tx:
                ended.write(tx)
        except TryLaterError:
            raise
        except Exception:
            _log.exception("the ending of a letter cannot be written")
            return False
        return True


def _tried(claimed: Claimed, ahead: Ahead, now: datetime) -> _Ended:
    """Try it, and give what is to be written of it."""
    letters, until = claimed.letters, claimed.waits_until(now)
    ids = tuple(letter.id for letter in letters)
    if until is not None:
        return _Ended(ids, LetterState.OWED, partial(put_off, ids=ids, until=until))
    claimed.leaves(now)
    ending = _attempt(claimed, ahead)
    _log.info("posted", state=ending.state, letters=ids, error=str(ending.error))
    signer = claimed.sender.signer
    write = partial(note, house=ahead.house, letters=letters, ending=ending, signer=signer, now=now)
    return _Ended(ids, ending.state, write)


def _attempt(claimed: Claimed, ahead: Ahead) -> Ending:
    try:
        with _bugs_are(TryLaterError):
            mail = ahead.composed(claimed)
        with _bugs_are(UncertainError):
            ahead.hand_over(claimed, mail)
    except UncertainError as error:
        return Ending(LetterState.UNCERTAIN, error)
    except TryLaterError as error:
        return Ending(LetterState.OWED, error, error.after_seconds)
    except RefusedError as error:
        return Ending(LetterState.FAILED, error)
    return Ending(LetterState.SENT)


@contextmanager
def _bugs_are(ending: type[TryLaterError]) -> Iterator[None]:
    """Let an error of the program end one letter, which is tried again and given up loudly."""
    try:
        yield
    except (RefusedError, TryLaterError):
        raise
    except Exception as bug:
        _log.exception("a letter met an error of the program")
        # Not its words: they may quote the letter.
        raise ending(f"an error of the program ({type(bug).__name__})") from bug
