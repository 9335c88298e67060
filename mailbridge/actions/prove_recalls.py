"""Prove recalls: what could not be checked when it came is examined again, for a day.

Nothing is withheld meanwhile. At the end it is answered 16 by the same examination.
"""

from contextlib import suppress
from datetime import datetime

from mailbridge.actions.check_again import CannotCheckAgainError, check_again
from mailbridge.actions.house import House
from mailbridge.actions.recall_doubts import given_up
from mailbridge.actions.recall_waits import RETRY
from mailbridge.isolation.pool import PoolClosedError
from mailbridge.model.status import MACHINE
from mailbridge.registry import unproven

# Each is an examination: mails that come now must not wait behind them.
_AT_ONCE = 5


def prove_recalls(house: House, now: datetime) -> int:
    """Examine anew what is due; says how many were."""
    with house.database.reading() as tx:
        found = unproven.due(tx, now, _AT_ONCE)
    for row, until in found:
        with house.database.transaction() as tx:
            # Before: whatever kills us is not tried again at once.
            unproven.look_at(tx, row, now + RETRY)
        try:
            # Where it cannot be, nothing is here by which it could be proven, or answered.
            with suppress(CannotCheckAgainError):
                check_again(house, row, MACHINE, now)
        except PoolClosedError:
            # The service is stopping.
            break
        if now >= until:
            # Whatever came of it: nothing is examined for good.
            with house.database.transaction() as tx:
                left = unproven.of(tx, row)
                if left is not None:
                    given_up(tx, house, left, now)
                    unproven.remove(tx, row)
    return len(found)
