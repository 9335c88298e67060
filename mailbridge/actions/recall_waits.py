"""Recalls that wait: what could not be checked for now is judged again for a day, within places.

Whoever holds a key that was revoked, or writes mails that a silent DNS leaves open, must not keep
us examining, nor take the place of whom he does not speak for.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from mailbridge.actions.case import Case
from mailbridge.model.recall import Strength
from mailbridge.registry import unproven
from mailbridge.registry.database import Transaction

# How long what cannot be checked for now is judged again, and how often.
WAITS = timedelta(hours=24)
RETRY = timedelta(minutes=30)
# So many mails wait of one agency in one office, and of all: both for each kind of proof.
_MOST_OF_AGENCY = 20
_MOST_OF_OFFICE = 100


@dataclass(frozen=True, slots=True)
class Hope:
    """What may prove recalls of a mail later, and whose they are said to be."""

    agency: str
    strength: Strength


def waiting(tx: Transaction, case: Case) -> unproven.Waiting | None:
    """Find what is waited for in a mail; None of one that comes for the first time."""
    return unproven.of(tx, case.ledger)


def may_wait(tx: Transaction, case: Case, hope: Hope, now: datetime) -> bool:
    """Tell whether there is time left, or a place."""
    known = unproven.of(tx, case.ledger)
    if known is not None:
        return now < known.until
    of_agency = unproven.count(tx, case.office, hope.strength, hope.agency)
    of_office = unproven.count(tx, case.office, hope.strength)
    return of_agency < _MOST_OF_AGENCY and of_office < _MOST_OF_OFFICE


def follow(
    tx: Transaction, case: Case, hope: Hope | None, names: Sequence[str], now: datetime
) -> None:
    """Have a mail judged again as long as a recall in it waits, and no longer."""
    if not names or hope is None:
        unproven.remove(tx, case.ledger)
        return
    # Of one that waits already the names alone change: its end stays.
    unproven.add(
        tx,
        unproven.Waiting(
            case.ledger,
            case.office,
            hope.agency,
            hope.strength,
            tuple(names),
            now + RETRY,
            now + WAITS,
        ),
    )
    unproven.narrow(tx, case.ledger, names)
