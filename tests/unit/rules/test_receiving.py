"""Deadlines of what was received, on the working calendar."""

from datetime import datetime

import pytest

from mailbridge.clock import VIETNAM
from mailbridge.model.reading import Urgency
from mailbridge.rules.receiving import AnswerBy, HandlingTime, receive_by
from mailbridge.rules.sending import UrgentMinutes
from tests.unit.rules.calendars import shipped
from tests.unit.rules.read import reading


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=VIETNAM)


@pytest.mark.parametrize(
    ("received", "answer"),
    [
        ("2026-11-23T09:00", "2026-11-23T17:00"),
        ("2026-11-23T17:00", "2026-11-23T17:00"),
        # After hours, on a Friday evening, on a day of rest, before a worked Saturday.
        ("2026-11-23T17:01", "2026-11-24T17:00"),
        ("2026-11-20T20:00", "2026-11-23T17:00"),
        ("2026-11-22T08:00", "2026-11-23T17:00"),
        ("2026-01-09T18:00", "2026-01-10T17:00"),
    ],
)
def test_an_answer_is_due_on_the_day_of_arrival(received: str, answer: str) -> None:
    assert receive_by(reading(), at(received), shipped()).answer == at(answer)


@pytest.mark.parametrize(
    ("by", "received", "answer"),
    [
        (AnswerBy.NEXT_MORNING, "2026-11-20T09:00", "2026-11-23T11:30"),
        (AnswerBy.NEXT_MORNING, "2026-11-21T09:00", "2026-11-23T11:30"),
        (AnswerBy.NEXT_DAY, "2026-11-20T09:00", "2026-11-23T17:00"),
    ],
)
def test_an_office_may_give_itself_until_the_next_working_day(
    by: AnswerBy, received: str, answer: str
) -> None:
    due = receive_by(reading(), at(received), shipped(), by=by)
    assert due.answer == at(answer)


def test_an_urgent_one_is_put_before_a_person_at_once_on_any_day() -> None:
    due = receive_by(reading(Urgency.EXPRESS), at("2026-11-22T14:00"), shipped())
    assert due.answer == at("2026-11-22T14:15")
    minutes = UrgentMinutes(express=5)
    due = receive_by(reading(Urgency.EXPRESS), at("2026-11-22T14:00"), shipped(), (), minutes)
    assert due.answer == at("2026-11-22T14:05")


def test_a_printed_deadline_goes_before_the_offices_own() -> None:
    times = (HandlingTime(15),)
    due = receive_by(reading(deadline="2026-11-30"), at("2026-11-23T09:00"), shipped(), times)
    assert due.handle == at("2026-11-30T17:00")
    assert "ghi trên văn bản" in due.why


def test_the_first_handling_time_that_fits_counts_in_working_days() -> None:
    times = (HandlingTime(3, type="Tờ trình"), HandlingTime(5, type="CÔNG VĂN"), HandlingTime(9))
    due = receive_by(reading(), at("2026-11-20T09:00"), shipped(), times)
    assert due.handle == at("2026-11-27T17:00")
    other = receive_by(reading(type="Báo cáo"), at("2026-11-20T09:00"), shipped(), times)
    assert other.why.startswith("9 ngày")


def test_without_any_rule_there_is_no_handling_deadline() -> None:
    assert receive_by(reading(), at("2026-11-20T09:00"), shipped()).handle is None
