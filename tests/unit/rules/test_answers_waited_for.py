"""Who never had the document is not reminded of it."""

from datetime import UTC, datetime

import pytest

from mailbridge.model.calendar import CalendarData
from mailbridge.model.exchange import ExchangeState
from mailbridge.model.reading import Urgency
from mailbridge.rules.answers import Chase, chase, next_deadline
from mailbridge.rules.calendar import WorkingCalendar
from mailbridge.rules.sending import UrgentMinutes


@pytest.mark.parametrize(
    ("state", "reminders", "due"),
    [
        (ExchangeState.SUBMITTED, 0, Chase.REMIND),
        (ExchangeState.SUBMITTED, 2, Chase.CALL),
        (ExchangeState.BOUNCED, 0, Chase.CALL),
        (ExchangeState.UNCERTAIN, 0, Chase.CALL),
        (ExchangeState.OWED, 0, Chase.WAIT),
    ],
)
def test_what_is_due(state: ExchangeState, reminders: int, due: Chase) -> None:
    assert chase(state, reminders, 2) is due


def test_a_reminder_gives_until_the_next_working_day_and_urgent_its_minutes() -> None:
    calendar, minutes = WorkingCalendar(CalendarData()), UrgentMinutes()
    friday = datetime(2026, 11, 27, 3, 0, tzinfo=UTC)
    until = next_deadline(friday, Urgency.NORMAL, calendar, minutes)
    assert until == calendar.end_of_day(datetime(2026, 11, 30, tzinfo=UTC).date())
    assert next_deadline(friday, Urgency.EXPRESS, calendar, minutes) == friday + minutes.of(
        Urgency.EXPRESS
    )
