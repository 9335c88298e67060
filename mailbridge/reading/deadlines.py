"""Thời hạn xử lý: days before which a text asks for something; suggestions and no more."""

import re
from datetime import date

from mailbridge.reading.days import calendar_day

_BEFORE = (
    r"(?:trước|chậm nhất(?: là)?(?: đến)?(?: trước)?(?: hết)?|hạn cuối(?: là)?"
    r"|thời hạn(?: đến| trước)?|hoàn thành(?: xong)? trước|muộn nhất(?: là)?)"
)
_HOUR = r"(?: \d{1,2} ?(?:giờ|h|g)(?: ?\d{2})?(?: phút)?,?)?"
_DAY = re.compile(
    rf"\b{_BEFORE}{_HOUR}(?: hết)? ngày (?P<d>\d{{1,2}})"
    r" ?(?:[-/.] ?| tháng |tháng )(?P<m>\d{1,2})"
    r"(?: ?(?:[-/.] ?| năm |năm )(?P<y>\d{4}))?",
    re.IGNORECASE,
)
# A text of megabytes, or of deadlines alone, is not read to its end.
_TEXT, _FOUND = 60_000, 8
# A demand for years ahead is a plan.
_YEARS = 3


def deadlines_in(text: str, issued: date | None) -> tuple[date, ...]:
    """List the days after the day of issue, in the order in which they are written."""
    found: list[date] = []
    for match in _DAY.finditer(text[:_TEXT]):
        year = int(match["y"]) if match["y"] else (issued.year if issued else None)
        if year is None:
            continue
        day = calendar_day(year, int(match["m"]), int(match["d"]))
        if day is None or day in found or not _is_ahead(day, issued):
            continue
        found.append(day)
        if len(found) == _FOUND:
            break
    return tuple(found)


def _is_ahead(day: date, issued: date | None) -> bool:
    return issued is None or (issued < day and day.year <= issued.year + _YEARS)
