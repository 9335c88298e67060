"""Days and hours of work as data (lịch làm việc): what the State announces, what offices keep."""

from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum


class DayKind(StrEnum):
    """What a row of the calendar makes of a day."""

    OFF = "off"
    WORKED = "worked"
    # Told, and without effect.
    INFO = "info"


@dataclass(frozen=True, slots=True)
class CalendarDay:
    """One announced day. What is not confirmed changes nothing: the earlier deadline holds."""

    day: date
    kind: DayKind
    source: str
    confirmed: bool = True


@dataclass(frozen=True, slots=True)
class Season:
    """Office hours from a day of the year on (month, day), until the next season begins."""

    since: tuple[int, int]
    morning: tuple[time, time] = (time(7, 30), time(11, 30))
    afternoon: tuple[time, time] = (time(13, 30), time(17, 0))


@dataclass(frozen=True, slots=True)
class CalendarData:
    """The rows and seasons that an office keeps."""

    days: tuple[CalendarDay, ...] = ()
    seasons: tuple[Season, ...] = (Season((1, 1)),)
