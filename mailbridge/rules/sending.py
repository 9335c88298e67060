"""When a document must leave, and how it did (Điều 6.3)."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from mailbridge.clock import VIETNAM
from mailbridge.model.reading import Urgency
from mailbridge.rules.calendar import WorkingCalendar


class Punctuality(StrEnum):
    """How a document left, for the figures of Điều 12."""

    SAME_DAY = "same-day"
    ON_TIME = "on-time"
    LATE = "late"


@dataclass(frozen=True, slots=True)
class UrgentMinutes:
    """What "ngay sau khi ký số" means in minutes, by level: local practice, and so a setting."""

    urgent: int = 60
    very_urgent: int = 30
    express: int = 15

    def of(self, urgency: Urgency) -> timedelta:
        """Give the time of a level; NORMAL has none."""
        minutes = {
            Urgency.URGENT: self.urgent,
            Urgency.VERY_URGENT: self.very_urgent,
            Urgency.EXPRESS: self.express,
        }
        return timedelta(minutes=minutes[urgency])


@dataclass(frozen=True, slots=True)
class SendBy:
    """Until when a document should leave, and until when it must."""

    target: datetime
    deadline: datetime

    def judge(self, sent_at: datetime) -> Punctuality:
        """Judge the moment at which the first server took it for this recipient; both ends count.

        A document that is sent again after a bounce counts when it was taken at last.
        """
        if sent_at > self.deadline:
            return Punctuality.LATE
        early = sent_at <= self.target < self.deadline
        return Punctuality.SAME_DAY if early else Punctuality.ON_TIME


def send_by(
    issued: date,
    calendar: WorkingCalendar,
    urgency: Urgency = Urgency.NORMAL,
    signed_at: datetime | None = None,
    minutes: UrgentMinutes | None = None,
) -> SendBy:
    """Count from the date of issue (field 3): that day, at the latest the next working morning.

    An urgent one is counted from the last required signature, whatever the day and the hour; until
    that is known, from the beginning of its date of issue.
    """
    if urgency is not Urgency.NORMAL:
        start = signed_at or datetime.combine(issued, time(), VIETNAM)
        due = start.astimezone(VIETNAM) + (minutes or UrgentMinutes()).of(urgency)
        return SendBy(due, due)
    # Điều 6.3: "trong ngày … chậm nhất là trong buổi sáng của ngày làm việc tiếp theo".
    target = datetime.combine(issued, time(23, 59, 59), VIETNAM)
    return SendBy(target, calendar.end_of_morning(calendar.next_working_day(issued)))
