"""When a recipient is warned before its time is over: early enough to help, and never a flood.

Silence past a deadline is another matter (`rules/answers`). Who got a document shortly before its
deadline is not warned: a letter on the heels of the document says nothing new.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from mailbridge.clock import in_vietnam
from mailbridge.rules.calendar import WorkingCalendar

_NEVER = timedelta(0)


@dataclass(frozen=True, slots=True)
class Early:
    """How long before a deadline its recipient is warned; nought is never."""

    # Before a receipt is due.
    answer: timedelta = _NEVER
    # Before that of an urgent document is.
    urgent: timedelta = _NEVER
    # Working days before a handling deadline.
    handling_days: int = 0
    # Identifiers of agencies that get none, in lower case.
    spared: frozenset[str] = frozenset()

    def lead(self, *, urgent: bool) -> timedelta:
        """Give how long before its deadline a receipt is asked for."""
        return self.urgent if urgent else self.answer

    def spares(self, agency: str) -> bool:
        """Tell whether an agency gets no warnings."""
        return agency.lower() in self.spared

    @property
    def is_wanted(self) -> bool:
        """Tell whether anybody is warned at all."""
        return self.longest > _NEVER or self.handling_days > 0

    @property
    def longest(self) -> timedelta:
        """Give the longest time before the deadline of a receipt."""
        return max(self.answer, self.urgent)


def answer_is_near(
    early: Early,
    sent_at: datetime,
    due: datetime,
    now: datetime,
    calendar: WorkingCalendar,
    *,
    urgent: bool,
) -> bool:
    """Tell whether the recipient is to be warned now that its receipt is due soon.

    It must have had as long before as it has after: else there is nothing to remind of. When half
    of the time is over (the service was away), the reminder after the deadline does. Deadlines of
    urgent documents know no office hours (Điều 6.3), so that their warnings know none.
    """
    lead = early.lead(urgent=urgent)
    if lead <= _NEVER or due - sent_at < 2 * lead:
        return False
    return lead / 2 <= due - now <= lead and (urgent or calendar.is_open(now))


def handling_is_near(
    early: Early, sent_at: datetime, due: datetime, now: datetime, calendar: WorkingCalendar
) -> bool:
    """Tell whether the recipient is to be warned now that it is to handle the document soon.

    Not on the day on which it came, nor where it had not as many working days before.
    """
    if not early.handling_days:
        return False
    day = calendar.before_working_days(in_vietnam(due).date(), early.handling_days)
    had = calendar.before_working_days(day, early.handling_days)
    begins = calendar.beginning_of_day(day)
    return in_vietnam(sent_at).date() <= had and begins <= now < due and calendar.is_open(now)


def handled_until(early: Early, now: datetime, calendar: WorkingCalendar) -> datetime:
    """Give the latest handling deadline that may be near now."""
    today = in_vietnam(now).date()
    return calendar.end_of_day(calendar.after_working_days(today, early.handling_days))
