"""Gaps in a sender's numbers: after 124 and 126 somebody should ask where 125 is.

A gap is no proof of anything: the document may have gone to others alone, or on paper. It is shown
to the clerk, and never asked for by mail unattended.
"""

import itertools
import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

# 125-CV/TU of a Party body, 125/QĐ-UBND of a state one.
_SYMBOL = re.compile(r"(\d{1,6})\s*([-/])\s*(.+)")
# A sender who writes to us seldom has gaps of hundreds, and nobody asks for them.
WIDEST = 3


@dataclass(frozen=True, slots=True, order=True)
class Gap:
    """A number that is missing between two that came, of one series and year."""

    agency: str
    year: int
    notation: str
    number: int

    @property
    def symbol(self) -> str:
        """Number and notation as they would be printed."""
        mark = "-" if "/" in self.notation else "/"
        return f"{self.number}{mark}{self.notation}"


def gaps(came: Iterable[tuple[str, str | None, str | None]]) -> tuple[Gap, ...]:
    """List what is missing among (agency, number and notation, ISO date of issue)."""
    series: dict[tuple[str, int, str], set[int]] = defaultdict(set)
    for agency, symbol, issued in came:
        match = _SYMBOL.fullmatch((symbol or "").strip())
        if match and agency and issued:
            notation = match[3].strip().upper()
            series[agency, int(issued[:4]), notation].add(int(match[1]))
    found = []
    for (agency, year, notation), numbers in series.items():
        ordered = sorted(numbers)
        for low, high in itertools.pairwise(ordered):
            if high - low - 1 <= WIDEST:
                found += [Gap(agency, year, notation, one) for one in range(low + 1, high)]
    return tuple(sorted(found))
