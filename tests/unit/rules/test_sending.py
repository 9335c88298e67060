"""Điều 6.3 on the working calendar: the worked examples, and the ends of each period."""

from datetime import date, datetime, timedelta

import pytest

from mailbridge.clock import VIETNAM
from mailbridge.model.calendar import CalendarData, CalendarDay, DayKind
from mailbridge.model.reading import Urgency
from mailbridge.rules.calendar import WorkingCalendar
from mailbridge.rules.sending import Punctuality, UrgentMinutes, send_by
from tests.unit.rules.calendars import shipped


def at(written: str) -> datetime:
    return datetime.fromisoformat(written).replace(tzinfo=VIETNAM)


@pytest.mark.parametrize(
    ("signed", "deadline"),
    [
        ("2026-11-17T09:00", "2026-11-18T11:30"),
        ("2026-11-18T16:55", "2026-11-19T11:30"),
        ("2026-11-20T15:10", "2026-11-23T11:30"),
        ("2026-11-21T10:00", "2026-11-23T11:30"),
        ("2026-11-23T17:40", "2026-11-24T11:30"),
        ("2025-12-31T16:00", "2026-01-05T11:30"),
        ("2026-01-09T15:00", "2026-01-10T11:30"),
        ("2026-02-13T14:00", "2026-02-23T11:30"),
        ("2026-04-24T10:00", "2026-04-28T11:30"),
        ("2026-04-29T16:00", "2026-05-04T11:30"),
        ("2026-08-21T15:00", "2026-08-22T11:30"),
        ("2026-08-28T15:00", "2026-09-03T11:30"),
        ("2026-01-08T23:59", "2026-01-09T11:30"),
    ],
)
def test_the_worked_examples(signed: str, deadline: str) -> None:
    assert send_by(at(signed).date(), shipped()).deadline == at(deadline)


def test_the_day_of_culture_counts_once_it_is_confirmed() -> None:
    row = CalendarDay(date(2026, 11, 24), DayKind.OFF, "Luật")
    calendar = WorkingCalendar(CalendarData((row,)))
    assert send_by(date(2026, 11, 23), calendar).deadline == at("2026-11-25T11:30")


def test_an_urgent_one_ignores_calendar_and_hours() -> None:
    signed = at("2026-11-22T14:00")
    minutes = UrgentMinutes(urgent=30)
    found = send_by(signed.date(), shipped(), Urgency.URGENT, signed, minutes)
    assert found.deadline == at("2026-11-22T14:30")


def test_it_is_counted_from_the_date_of_issue_also_when_it_was_signed_later() -> None:
    late = at("2026-11-20T10:00")
    found = send_by(date(2026, 11, 17), shipped(), signed_at=late)
    assert found.deadline == at("2026-11-18T11:30")
    assert found.judge(late) is Punctuality.LATE


def test_levels_are_ever_shorter() -> None:
    minutes = UrgentMinutes()
    levels = (Urgency.URGENT, Urgency.VERY_URGENT, Urgency.EXPRESS)
    spans = [minutes.of(level) for level in levels]
    assert spans == sorted(spans, reverse=True)


@pytest.mark.parametrize(
    ("sent", "judged"),
    [
        ("2026-11-17T23:59:59", Punctuality.SAME_DAY),
        ("2026-11-18T00:00:00", Punctuality.ON_TIME),
        ("2026-11-18T11:30:00", Punctuality.ON_TIME),
        ("2026-11-18T11:30:01", Punctuality.LATE),
    ],
)
def test_both_ends_of_a_period_belong_to_it(sent: str, judged: Punctuality) -> None:
    assert send_by(date(2026, 11, 17), shipped()).judge(at(sent)) is judged


def test_a_document_signed_on_a_rest_day_may_leave_that_day() -> None:
    found = send_by(date(2026, 11, 21), shipped())
    assert found.judge(at("2026-11-21T20:00")) is Punctuality.SAME_DAY
    assert found.judge(found.deadline + timedelta(seconds=1)) is Punctuality.LATE
