"""Until when a received document is answered and handled (Điều 6.3, Điều 11.13)."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from mailbridge.clock import in_vietnam
from mailbridge.model.reading import FieldName, Reading, Urgency
from mailbridge.rules.calendar import WorkingCalendar
from mailbridge.rules.days_read import day_in
from mailbridge.rules.sending import UrgentMinutes
from mailbridge.rules.wording import folded


class AnswerBy(StrEnum):
    """Until when the sender is told that his document came: local practice, and so a setting."""

    SAME_DAY = "same-day"
    NEXT_MORNING = "next-morning"
    NEXT_DAY = "next-day"


@dataclass(frozen=True, slots=True)
class HandlingTime:
    """Working days for handling, where the document names no deadline; None is any."""

    days: int
    type: str | None = None
    urgency: Urgency | None = None


@dataclass(frozen=True, slots=True)
class ReceiveBy:
    """Deadlines of a received document. `handle` is None where nothing sets one."""

    answer: datetime
    handle: datetime | None
    # Vietnamese: what sets the handling deadline.
    why: str = ""


def receive_by(
    reading: Reading,
    received: datetime,
    calendar: WorkingCalendar,
    times: tuple[HandlingTime, ...] = (),
    minutes: UrgentMinutes | None = None,
    by: AnswerBy = AnswerBy.SAME_DAY,
) -> ReceiveBy:
    """Count both deadlines from the moment it came.

    An answer is due on the day of arrival (NĐ 30/2020, 21.2c); what comes on a day of rest is
    answered on the next working day. An urgent one is put before a person at once (Điều 6.3).
    """
    day = in_vietnam(received).date()
    if reading.urgency is not Urgency.NORMAL:
        answer = received + (minutes or UrgentMinutes()).of(reading.urgency)
    else:
        answer = _answer(received, day, calendar, by)
    handle, why = _handling(reading, day, calendar, times)
    return ReceiveBy(answer, handle, why)


def _answer(received: datetime, day: date, calendar: WorkingCalendar, by: AnswerBy) -> datetime:
    following = calendar.next_working_day(day)
    if by is AnswerBy.NEXT_MORNING:
        return calendar.end_of_morning(following)
    late = not calendar.is_working(day) or received > calendar.end_of_day(day)
    return calendar.end_of_day(following if late or by is AnswerBy.NEXT_DAY else day)


def _handling(
    reading: Reading, day: date, calendar: WorkingCalendar, times: tuple[HandlingTime, ...]
) -> tuple[datetime | None, str]:
    written = day_in(reading, FieldName.DEADLINE)
    if written is not None:
        return calendar.end_of_day(written), "thời hạn ghi trên văn bản"
    for time in times:
        fits_type = time.type is None or _same(time.type, reading.value(FieldName.TYPE))
        if fits_type and time.urgency in {None, reading.urgency}:
            due = calendar.after_working_days(day, time.days)
            return calendar.end_of_day(due), f"{time.days} ngày làm việc theo quy định của cơ quan"
    return None, ""


def _same(one: str, other: str | None) -> bool:
    return other is not None and folded(one) == folded(other)
