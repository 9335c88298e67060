"""Post: take one letter (or one batch of notices) from the outbox to its server.

The attempt and its next time are registered before the network is touched, so that a server which
kills us is not hammered. A lost answer after DATA is `uncertain`: receipts and notices leave again
under the same Message-ID.
"""

from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime

import structlog

from mailbridge.actions import breaker
from mailbridge.actions.ahead import Ahead
from mailbridge.actions.desk import Claimed, Desk, laid
from mailbridge.actions.house import House
from mailbridge.actions.noting import Ending, note
from mailbridge.letters.endings import UncertainError
from mailbridge.model.errors import RefusedError, TryLaterError
from mailbridge.model.letter import LetterState
from mailbridge.registry import claiming, outbox
from mailbridge.registry.database import Transaction

_log = structlog.get_logger(__name__)


def post(house: House, desks: Mapping[str, Desk], now: datetime) -> LetterState | None:
    """Post the next letter that is due; None when there is none."""
    with house.database.transaction() as tx:
        letters = claiming.claim(tx, now, tuple(desks), breaker.held(tx, house, now))
        claimed = laid(tx, desks, letters, now)
    if claimed is None:
        return None
    state, ending = _tried(claimed, Ahead(house, desks, lambda: now), now)
    with house.database.transaction() as tx:
        ending(tx)
    return state


def post_due(
    house: House, desks: Mapping[str, Desk], now: Callable[[], datetime], go_on: Callable[[], bool]
) -> int:
    """Post until nothing is due or we are told to stop; returns how many were tried.

    One transaction writes how a letter ended and that the next one is being tried: the letters of
    an outage, or of one document for hundreds, leave in half the time.
    """
    tried = 0
    ending: Callable[[Transaction], None] = _nothing
    with ThreadPoolExecutor(1, "handing-over") as beside:
        ahead = Ahead(house, desks, now, beside)
        while True:
            with house.database.transaction() as tx:
                ending(tx)
                ahead.held = breaker.held(tx, house, now())
                letters = claiming.claim(tx, now(), tuple(desks), ahead.held) if go_on() else ()
                claimed = laid(tx, desks, letters, now())
            if claimed is None:
                return tried
            tried += 1
            _, ending = _tried(claimed, ahead, now())


def _nothing(tx: Transaction) -> None:
    """Before the first letter nothing ended."""


def _tried(
    claimed: Claimed, ahead: Ahead, now: datetime
) -> tuple[LetterState, Callable[[Transaction], None]]:
    """Try it, and give what is to be written of it."""
    letters, until = claimed.letters, claimed.waits_until(now)
    ids = [letter.id for letter in letters]
    if until is not None:
        return LetterState.OWED, lambda tx: outbox.put_off(tx, ids, until)
    claimed.leaves(now)
    ending = _attempt(claimed, ahead)
    _log.info("posted", state=ending.state, letters=ids, error=str(ending.error))
    signer = claimed.sender.signer
    return ending.state, lambda tx: note(tx, ahead.house, letters, ending, signer, now)


def _attempt(claimed: Claimed, ahead: Ahead) -> Ending:
    try:
        ahead.send(claimed)
    except UncertainError as error:
        return Ending(LetterState.UNCERTAIN, error)
    except TryLaterError as error:
        return Ending(LetterState.OWED, error, error.after_seconds)
    except RefusedError as error:
        return Ending(LetterState.FAILED, error)
    return Ending(LetterState.SENT)
