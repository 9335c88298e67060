"""The working calendar: Monday to Friday, less what is off, with the Saturdays that are worked.

The package `holidays` is the seed; rows of the office's own file overrule it, each with its source.
"""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from functools import lru_cache

import holidays

from mailbridge.clock import VIETNAM, in_vietnam
from mailbridge.model.calendar import CalendarData, CalendarDay, DayKind, Season

_SATURDAY = 5
# No holiday of Vietnam is longer; a calendar whose rows are all off must not search for ever.
_LONGEST = 60
# Announced, and not enacted as far as is known: it counts once a row confirms it.
_UNCONFIRMED = ((11, 24),)


class WorkingCalendar:
    """Which days and hours are worked; days are those of Vietnam (Điều 13)."""

    def __init__(self, data: CalendarData) -> None:
        self._rows = {row.day: row for row in data.days if row.kind is not DayKind.INFO}
        self._seasons = sorted(data.seasons, key=lambda season: season.since)

    def is_working(self, day: date) -> bool:
        """Tell whether offices work on that day."""
        row = self._rows.get(day)
        if row is not None and row.confirmed:
            return row.kind is DayKind.WORKED
        seed = _seed(day.year)
        if day in seed.weekend_workdays:
            return True
        off = day in seed and (day.month, day.day) not in _UNCONFIRMED
        return day.weekday() < _SATURDAY and not off

    def why(self, day: date) -> str:
        """Name what makes the day what it is, for whoever asks why a deadline is then."""
        row = self._rows.get(day)
        if row is not None:
            doubt = "" if row.confirmed else " (chưa được xác nhận, vẫn tính là ngày làm việc)"
            return row.source + doubt
        return str(_seed(day.year).get(day, ""))

    def next_working_day(self, day: date) -> date:
        """Give the first working day after that day."""
        for later in _days_after(day):
            if self.is_working(later):
                return later
        raise ValueError(f"no working day within {_LONGEST} days after {day}")

    def after_working_days(self, day: date, days: int) -> date:
        """Give the working day that is so many working days after that day."""
        for _ in range(days):
            day = self.next_working_day(day)
        return day

    def end_of_morning(self, day: date) -> datetime:
        """Give the end of the morning's work of that day."""
        return _at(day, self._season(day).morning[1])

    def end_of_day(self, day: date) -> datetime:
        """Give the end of the day's work."""
        return _at(day, self._season(day).afternoon[1])

    def is_open(self, moment: datetime) -> bool:
        """Tell whether offices work at that moment."""
        here = in_vietnam(moment)
        season = self._season(here.date())
        hours = any(a <= here.time() <= b for a, b in (season.morning, season.afternoon))
        return hours and self.is_working(here.date())

    def beginning_of_day(self, day: date) -> datetime:
        """Give the beginning of the day's work."""
        return _at(day, self._season(day).morning[0])

    def before_working_days(self, day: date, days: int) -> date:
        """Give the working day that is so many working days before that day."""
        for _ in range(days):
            day = self._last_working_day(day)
        return day

    def _last_working_day(self, day: date) -> date:
        for step in range(1, _LONGEST):
            earlier = day - timedelta(days=step)
            if self.is_working(earlier):
                return earlier
        raise ValueError(f"no working day within {_LONGEST} days before {day}")

    def _season(self, day: date) -> Season:
        begun = [season for season in self._seasons if season.since <= (day.month, day.day)]
        # Before the first season of the year the last one of the year before goes on.
        return begun[-1] if begun else self._seasons[-1]


def _at(day: date, hour: time) -> datetime:
    return datetime.combine(day, hour, VIETNAM)


def _days_after(day: date) -> Iterator[date]:
    return (day + timedelta(days=step) for step in range(1, _LONGEST))


@lru_cache(maxsize=16)
def _seed(year: int) -> holidays.HolidayBase:
    return holidays.country_holidays("VN", years=year, language="vi")


def told(data: CalendarData) -> tuple[CalendarDay, ...]:
    """List the office's rows in the order of days."""
    return tuple(sorted(data.days, key=lambda row: row.day))
