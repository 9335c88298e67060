"""Địa danh, ngày tháng năm: place and day of issue, as printed, blank or impossible."""

import re
from dataclasses import dataclass
from datetime import date

_PLACE = r"(?:(?P<place>[^\W\d_][^,\d]{0,60}?) ?[,.;]? ?)?"
_TWO = r"\d ?\d|\d"
_FILL = r"[ .…_]*"
_LONG = re.compile(
    rf"{_PLACE}\bngày{_FILL}(?P<d>{_TWO})?{_FILL}tháng{_FILL}(?P<m>{_TWO})?{_FILL}"
    rf"năm{_FILL}(?P<y>\d ?\d ?\d ?\d)",
    re.IGNORECASE,
)
_SHORT = re.compile(
    rf"{_PLACE}\bngày ?:? ?(?P<d>{_TWO}) ?[-/.] ?(?P<m>{_TWO}) ?[-/.] ?(?P<y>\d{{4}})\b",
    re.IGNORECASE,
)
# Nothing was issued before this, and no office writes beyond the other (year).
_FIRST, _LAST = 1945, 2100


@dataclass(frozen=True, slots=True)
class Day:
    """A printed day: `day` is missing where it is blank or no such day exists."""

    place: str | None
    day: date | None
    # As printed, where it is no day of the calendar.
    impossible: str | None = None


def day_in(line: str) -> Day | None:
    """Read "Hưng Yên, ngày 05 tháng 01 năm 2026" from the beginning of a line, NFC."""
    match = _LONG.match(line) or _SHORT.match(line)
    if match is None:
        return None
    place = match["place"]
    if place is not None and not _is_place(place):
        return None
    if not match["d"] or not match["m"]:
        return Day(place, None)
    parts = [int(match[name].replace(" ", "")) for name in ("y", "m", "d")]
    found = calendar_day(*parts)
    if found is None:
        return Day(place, None, f"{parts[2]:02}/{parts[1]:02}/{parts[0]}")
    return Day(place, found)


def calendar_day(year: int, month: int, day: int) -> date | None:
    """Make a day; None where there is no such day."""
    try:
        found = date(year, month, day)
    except ValueError:
        return None
    return found if _FIRST <= found.year <= _LAST else None


def _is_place(place: str) -> bool:
    words = place.split()
    return place[:1].isupper() and sum(word[:1].isupper() for word in words) * 2 > len(words)
