"""Which days are worked, in the years for which that is known."""

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailbridge.clock import VIETNAM
from mailbridge.model.calendar import CalendarData, CalendarDay, DayKind, Season
from mailbridge.rules.calendar import WorkingCalendar, told
from mailbridge.settings.calendar_file import read
from tests.unit.rules.calendars import FILE, shipped

DAYS = st.dates(date(2020, 1, 1), date(2035, 12, 31))


@pytest.mark.parametrize(
    ("day", "worked"),
    [
        (date(2026, 1, 1), False),
        (date(2026, 1, 2), False),
        (date(2026, 1, 10), True),
        (date(2026, 2, 16), False),
        (date(2026, 2, 20), False),
        (date(2026, 2, 23), True),
        (date(2026, 4, 27), False),
        (date(2026, 8, 22), True),
        (date(2026, 8, 31), False),
        (date(2026, 9, 3), True),
        (date(2026, 11, 21), False),
        # Not enacted as far as is known: the earlier deadline holds.
        (date(2026, 11, 24), True),
        (date(2027, 11, 24), True),
        (date(2030, 2, 4), False),
    ],
)
def test_known_days(day: date, *, worked: bool) -> None:
    assert shipped().is_working(day) is worked


def test_a_confirmed_row_overrules_everything() -> None:
    row = CalendarDay(date(2026, 11, 24), DayKind.OFF, "Nghị quyết")
    assert not WorkingCalendar(CalendarData((row,))).is_working(row.day)


def test_a_row_for_information_changes_nothing() -> None:
    row = CalendarDay(date(2026, 11, 23), DayKind.INFO, "Ngày hội")
    assert WorkingCalendar(CalendarData((row,))).is_working(row.day)


def test_why_names_the_source_and_the_doubt() -> None:
    assert "chưa được xác nhận" in shipped().why(date(2026, 11, 24))
    assert "12729" in shipped().why(date(2026, 1, 2))


@given(DAYS)
def test_the_next_working_day_is_worked_and_the_first(day: date) -> None:
    found = shipped().next_working_day(day)
    assert found > day
    assert shipped().is_working(found)
    between = (date.fromordinal(n) for n in range(day.toordinal() + 1, found.toordinal()))
    assert not any(map(shipped().is_working, between))


@given(DAYS, st.integers(0, 12))
def test_working_days_add_up(day: date, days: int) -> None:
    step = shipped().after_working_days(day, days)
    assert shipped().after_working_days(day, days + 1) == shipped().next_working_day(step)


def test_hours_follow_the_season() -> None:
    summer = Season((4, 1), (time(7), time(11)), (time(13, 30), time(17)))
    winter = Season((11, 1), (time(7, 30), time(12)), (time(13), time(16, 30)))
    calendar = WorkingCalendar(CalendarData((), (summer, winter)))
    assert calendar.end_of_morning(date(2026, 6, 1)).time() == time(11)
    assert calendar.end_of_morning(date(2026, 12, 1)).time() == time(12)
    # The winter goes on over the turn of the year.
    assert calendar.end_of_day(date(2026, 2, 1)).time() == time(16, 30)


def test_rows_are_told_in_order() -> None:
    days = [row.day for row in told(read(FILE))]
    assert days == sorted(days)


def test_a_calendar_without_a_working_day_ends() -> None:
    rows = [
        CalendarDay(date.fromordinal(date(2026, 1, 1).toordinal() + n), DayKind.OFF, "x")
        for n in range(90)
    ]
    with pytest.raises(ValueError, match="no working day"):
        WorkingCalendar(CalendarData(tuple(rows))).next_working_day(date(2026, 1, 2))


@pytest.mark.parametrize(
    ("hour", "is_open"),
    [(time(7, 29), False), (time(7, 30), True), (time(12, 0), False), (time(17, 0), True)],
)
def test_offices_are_open_in_their_hours_alone(hour: time, *, is_open: bool) -> None:
    there = WorkingCalendar(CalendarData())
    assert there.is_open(datetime.combine(date(2026, 11, 23), hour, VIETNAM)) is is_open
    assert not there.is_open(datetime.combine(date(2026, 11, 22), hour, VIETNAM))


@given(DAYS, st.integers(0, 9))
def test_working_days_back_and_forth_are_the_same_way(day: date, days: int) -> None:
    first = shipped().next_working_day(day)
    assert shipped().before_working_days(shipped().after_working_days(first, days), days) == first


def test_a_calendar_that_is_all_off_is_not_searched_for_ever_either_way() -> None:
    start = date(2026, 6, 1)
    rows = [CalendarDay(start - timedelta(days=n), DayKind.OFF, "thử") for n in range(1, 70)]
    with pytest.raises(ValueError, match="before 2026-06-01"):
        WorkingCalendar(CalendarData(tuple(rows))).before_working_days(start, 1)
