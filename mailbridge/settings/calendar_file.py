"""The calendar file: rows and seasons, each fault told in one sentence."""

import tomllib
from datetime import date, time
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from mailbridge.model.calendar import CalendarData, CalendarDay, DayKind, Season
from mailbridge.settings.data_faults import sentence

_ANY_SEASON = Season((1, 1))


class CalendarFileError(Exception):
    """The file cannot be used; one sentence says what, where, and how to mend it."""


class _Row(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    date: date
    kind: DayKind
    source: str = Field(min_length=1)
    confirmed: bool = True


class _Hours(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    since: str = Field(pattern=r"^(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$")
    morning: tuple[time, time] = _ANY_SEASON.morning
    afternoon: tuple[time, time] = _ANY_SEASON.afternoon


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    day: tuple[_Row, ...] = ()
    season: tuple[_Hours, ...] = ()


def read(path: Path) -> CalendarData:
    """Read the file; raises CalendarFileError."""
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8-sig"))
        written = _File.model_validate(table)
    except OSError as error:
        raise CalendarFileError(f"{path}: không đọc được: {error.strerror}.") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise CalendarFileError(f"{path}: không đúng cú pháp TOML: {error}.") from error
    except ValidationError as error:
        raise CalendarFileError(sentence(path, error, "config/calendar.toml")) from None
    days = tuple(CalendarDay(r.date, r.kind, r.source, r.confirmed) for r in written.day)
    seasons = tuple(_season(hours) for hours in written.season)
    twice = {row.day for row in days if sum(other.day == row.day for other in days) > 1}
    if twice:
        raise CalendarFileError(f"{path}: ngày {min(twice):%d/%m/%Y} có hai dòng; giữ lại một.")
    return CalendarData(days, seasons or (_ANY_SEASON,))


def _season(hours: _Hours) -> Season:
    month, day = hours.since.split("-")
    return Season((int(month), int(day)), hours.morning, hours.afternoon)
