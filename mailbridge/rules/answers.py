"""Until when a recipient's answer is waited for, reminder by reminder (Điều 10.2).

The recipient owes 01 or 03 on the day of arrival, as we do (NĐ 30/2020, 21.2c); who is silent is
reminded, then called late, and then a person decides. Silence is no ground for paper (Điều 7.4).
"""

from datetime import datetime
from enum import StrEnum

from mailbridge.clock import in_vietnam
from mailbridge.model.exchange import ExchangeState
from mailbridge.model.reading import Urgency
from mailbridge.rules.calendar import WorkingCalendar
from mailbridge.rules.sending import UrgentMinutes


class Chase(StrEnum):
    """What is due when a deadline has passed."""

    # It has not left us: its time begins when it does.
    WAIT = "wait"
    REMIND = "remind"
    # Nothing more is asked of the recipient: a person decides.
    CALL = "call"


def chase(state: ExchangeState, reminders: int, most: int) -> Chase:
    """Tell what is due: who never had the document is neither reminded of it nor called silent."""
    if state is ExchangeState.OWED:
        return Chase.WAIT
    reached = state is ExchangeState.SUBMITTED
    return Chase.REMIND if reached and reminders < most else Chase.CALL


def next_deadline(
    now: datetime, urgency: Urgency, calendar: WorkingCalendar, minutes: UrgentMinutes
) -> datetime:
    """Give the recipient until the end of its next working day; of an urgent one, its minutes."""
    if urgency is not Urgency.NORMAL:
        return now + minutes.of(urgency)
    return calendar.end_of_day(calendar.next_working_day(in_vietnam(now).date()))
