"""Gaps in a sender's numbers: after 124 and 126 somebody should ask where 125 is.

A gap is no proof of anything: the document may have gone to others alone, or on paper. It is shown
to the clerk, and never asked for by mail unattended.
"""

import itertools
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta

# 125-CV/TU of a Party body, 125/QĐ-UBND of a state one.
_SYMBOL = re.compile(r"(\d{1,6})\s*([-/])\s*(.+)")
# A sender who writes to us seldom has gaps of hundreds, and nobody asks for them.
WIDEST = 3
# What is late by a day is no gap yet; what is older than this was seen long ago.
GRACE = timedelta(days=3)
BACK = timedelta(days=90)

# Agency, number and notation, ISO date of issue, and the document's id.
Came = tuple[str, str | None, str | None, int]


@dataclass(frozen=True, slots=True, order=True)
class Gap:
    """A number that is missing between two that came, of one series and year."""

    agency: str
    year: int
    notation: str
    number: int
    # The numbers that came on both sides, and the document that bears the later one.
    low: int = 0
    high: int = 0
    shown_by: int = 0

    @property
    def symbol(self) -> str:
        """Number and notation as they would be printed."""
        return _symbol(self.number, self.notation)

    @property
    def name(self) -> str:
        """What tells it from all others: the cause of its task."""
        return _name(self.agency, self.year, self.number, self.notation)


def gaps(came: Iterable[Came]) -> tuple[Gap, ...]:
    """List what is missing among what came."""
    series: dict[tuple[str, int, str], dict[int, int]] = defaultdict(dict)
    for agency, year, number, notation, document in _read(came):
        series[agency, year, notation].setdefault(number, document)
    found = []
    for (agency, year, notation), numbers in series.items():
        for low, high in itertools.pairwise(sorted(numbers)):
            if high - low - 1 <= WIDEST:
                found += [
                    Gap(agency, year, notation, one, low, high, numbers[high])
                    for one in range(low + 1, high)
                ]
    return tuple(sorted(found))


def together(missing: Iterable[Gap]) -> Iterator[tuple[Gap, ...]]:
    """Put together what is missing between the same two numbers; they are given in their order."""

    def place(one: Gap) -> tuple[str, int, str, int]:
        return one.agency, one.year, one.notation, one.high

    for _, each in itertools.groupby(missing, place):
        yield tuple(each)


def names(came: Iterable[Came]) -> frozenset[str]:
    """Name what came as the gaps are named, to tell which of them are filled."""
    return frozenset(
        _name(agency, year, number, notation) for agency, year, number, notation, _ in _read(came)
    )


def _read(came: Iterable[Came]) -> Iterator[tuple[str, int, int, str, int]]:
    for agency, symbol, issued, document in came:
        match = _SYMBOL.fullmatch((symbol or "").strip())
        if match and agency and issued:
            yield agency, int(issued[:4]), int(match[1]), match[3].strip().upper(), document


def _symbol(number: int, notation: str) -> str:
    mark = "-" if "/" in notation else "/"
    return f"{number}{mark}{notation}"


def _name(agency: str, year: int, number: int, notation: str) -> str:
    return f"{agency}:{year}:{_symbol(number, notation)}"
