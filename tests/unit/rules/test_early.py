"""A recipient is warned when it helps: not late, not at night, not on the heels of the document."""

from datetime import datetime, timedelta

import pytest

from mailbridge.clock import VIETNAM
from mailbridge.rules.early import Early, answer_is_near, handled_until, handling_is_near
from tests.unit.rules.calendars import shipped

HOUR = timedelta(hours=1)
EARLY = Early(HOUR, timedelta(minutes=15), 2, frozenset({"demo.05"}))


def at(day: int, hour: int, minute: int = 0) -> datetime:
    """Give a moment of November 2026; the 21st and 22nd are a weekend."""
    return datetime(2026, 11, day, hour, minute, tzinfo=VIETNAM)


@pytest.mark.parametrize(
    ("sent", "now", "near"),
    [
        (at(23, 8), at(23, 15, 59), False),
        (at(23, 8), at(23, 16), True),
        (at(23, 8), at(23, 16, 30), True),
        # The service was away: the reminder after the deadline does.
        (at(23, 8), at(23, 16, 31), False),
        # It had less time before than after.
        (at(23, 15), at(23, 16), True),
        (at(23, 15, 1), at(23, 16), False),
    ],
)
def test_a_receipt_is_asked_for_in_the_last_hour(
    sent: datetime, now: datetime, *, near: bool
) -> None:
    due = at(23, 17)
    assert answer_is_near(EARLY, sent, due, now, shipped(), urgent=False) is near
    assert not answer_is_near(Early(), sent, due, now, shipped(), urgent=False)


def test_an_ordinary_warning_keeps_office_hours_and_an_urgent_one_does_not() -> None:
    due, sent = at(23, 7, 45), at(20, 9)
    night = at(23, 7, 5)
    assert not answer_is_near(EARLY, sent, due, night, shipped(), urgent=False)
    sunday = at(22, 23)
    lead = timedelta(minutes=15)
    assert answer_is_near(EARLY, sunday, sunday + HOUR, sunday + 3 * lead, shipped(), urgent=True)


def test_the_shortest_of_urgent_times_leaves_no_room_for_a_warning() -> None:
    sent = at(23, 9)
    due = sent + timedelta(minutes=15)
    moments = (sent + timedelta(minutes=n) for n in range(16))
    assert not any(answer_is_near(EARLY, sent, due, m, shipped(), urgent=True) for m in moments)


@pytest.mark.parametrize(
    ("sent", "now", "near"),
    [
        # Due on Tuesday the 24th: two working days before is Friday.
        (at(16, 9), at(19, 9), False),
        (at(16, 9), at(20, 7), False),
        (at(16, 9), at(20, 7, 30), True),
        (at(16, 9), at(21, 9), False),
        (at(16, 9), at(24, 16), True),
        (at(16, 9), at(25, 9), False),
        # It had two working days before that, and no less.
        (at(18, 9), at(20, 9), True),
        (at(19, 9), at(20, 9), False),
    ],
)
def test_handling_is_asked_for_working_days_before(
    sent: datetime, now: datetime, *, near: bool
) -> None:
    assert handling_is_near(EARLY, sent, at(24, 17), now, shipped()) is near
    assert not handling_is_near(Early(), sent, at(24, 17), now, shipped())


def test_what_may_be_near_is_within_what_is_asked_for() -> None:
    assert handled_until(EARLY, at(20, 7, 30), shipped()) == at(24, 17)


def test_who_is_spared_is_known_however_it_is_written() -> None:
    assert EARLY.spares("DEMO.05")
    assert not EARLY.spares("DEMO.06")


def test_nobody_is_warned_where_nothing_is_set() -> None:
    assert not Early().is_wanted
    assert Early(urgent=HOUR).is_wanted
    assert Early(handling_days=1).is_wanted
