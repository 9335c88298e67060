"""One letter posted, for tests that look at each."""

from collections.abc import Mapping
from datetime import datetime

from mailbridge.actions.desk import Desk
from mailbridge.actions.house import House
from mailbridge.actions.post import Posting
from mailbridge.model.letter import LetterState


def post(house: House, desks: Mapping[str, Desk], now: datetime) -> LetterState | None:
    """Post the next letter that is due; None when there is none."""
    once = iter((True,))
    states = Posting(house, desks, lambda: now).due(lambda: next(once, False))
    return states[0] if states else None
