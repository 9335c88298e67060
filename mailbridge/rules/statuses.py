"""Statuses of a received document and who may set them (Điều 11.8, codes of QCVN 102).

The regulation ends its list with "…": the catalogue is data, and what it does not name is shown as
it came. Held here is only how a document moves through it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import reduce


class Setter(StrEnum):
    """Who sets a status."""

    # The machine, or the action that the status is the outcome of (register, release, refuse).
    SYSTEM = "system"
    # A person of the receiving office, by `mailbridge advance`.
    OFFICE = "office"
    # The agency that sent the document: it asks for it back.
    SENDER = "sender"


# Statuses that come with more than a word: a number, a ground, a proof, another agency's wish.
_FIXED = {
    **dict.fromkeys(("01", "02", "03", "15", "16"), Setter.SYSTEM),
    "13": Setter.SENDER,
}
# What the actions themselves write.
_NEEDED = ("01", "02", "03")


@dataclass(frozen=True, slots=True)
class Status:
    """One row of the catalogue; `code` is two digits where QCVN 102 has one.

    `after` lists the statuses that it may follow; "" stands for none at all yet.
    """

    code: str
    # How the command line names it.
    name: str
    label: str
    setter: Setter
    after: tuple[str, ...] = ()
    # Handling is over; only statuses that name it in their `after` follow.
    ends: bool = False
    # A row of the history that leaves the document where it stands (13 asks, 16 denies).
    passing: bool = False
    reason: bool = False
    # A receipt of this stage goes to the sender.
    told: bool = False


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All statuses that the office knows, in the order of their rows."""

    rows: tuple[Status, ...] = ()

    def find(self, word: str) -> Status | None:
        """Find a status by its code or by its name."""
        wanted = word.strip().lower()
        return next((row for row in self.rows if wanted in {row.code.lower(), row.name}), None)

    def label(self, code: str) -> str:
        """Name a status for people; a code that nobody defined is shown as it came (Điều 11.8)."""
        found = next((row for row in self.rows if row.code == code), None)
        return found.label if found else f"Trạng thái khác ({code})"

    def ends(self, code: str) -> bool:
        """Tell whether handling is over with that status."""
        return any(row.ends for row in self.rows if row.code == code)

    def settable(self) -> tuple[Status, ...]:
        """List what a person of the office may set."""
        return tuple(row for row in self.rows if row.setter is Setter.OFFICE)


class Step(StrEnum):
    """What becomes of a wish to move a document."""

    MOVES = "moves"
    # It stands there already.
    SAME = "same"
    # It becomes a row of the history, and the document stays where it is.
    NOTED = "noted"
    UNKNOWN = "unknown"
    # Somebody else sets it.
    NOT_YOURS = "not-yours"
    # The present status does not lead there.
    UNLAWFUL = "unlawful"
    NEEDS_REASON = "needs-reason"


def step(
    catalogue: Catalogue, present: str, to: str, by: Setter, *, has_reason: bool = False
) -> Step:
    """Judge one wish; nothing but MOVES and NOTED changes anything."""
    wanted = catalogue.find(to)
    if wanted is None:
        return Step.UNKNOWN
    hindrances = {
        Step.NOT_YOURS: wanted.setter is not by,
        Step.SAME: wanted.code == present,
        Step.UNLAWFUL: present not in wanted.after,
        Step.NEEDS_REASON: wanted.reason and not has_reason,
        Step.NOTED: wanted.passing,
    }
    return next((found for found, is_so in hindrances.items() if is_so), Step.MOVES)


def present(catalogue: Catalogue, history: Iterable[str]) -> str:
    """Give where a history of codes leaves the document; what is unknown or passing moves nothing.

    An unlawful row, as a hand might write it into the database, moves nothing either.
    """
    return reduce(lambda at, code: _next(catalogue, at, code), history, "")


def _next(catalogue: Catalogue, at: str, code: str) -> str:
    row = next((one for one in catalogue.rows if one.code == code), None)
    return code if row and not row.passing and at in row.after else at


def faults(rows: tuple[Status, ...], tellable: frozenset[str]) -> tuple[str, ...]:
    """Say in Vietnamese what is wrong with a catalogue; `tellable` are the codes with a letter."""
    return (*_named_twice(rows), *_contradictions(rows, tellable))


def _named_twice(rows: tuple[Status, ...]) -> list[str]:
    words = [word for row in rows for word in {row.code.lower(), row.name}]
    return [f"{word}: ghi hai lần" for word in dict.fromkeys(words) if words.count(word) > 1]


def _contradictions(rows: tuple[Status, ...], tellable: frozenset[str]) -> list[str]:
    codes = [row.code for row in rows]
    found = []
    for row in rows:
        unknown = [code for code in row.after if code and code not in codes]
        found += [f"{row.code}: after có mã {code} không có trong danh mục" for code in unknown]
        if row.told and row.code not in tellable:
            found.append(f"{row.code}: không có mẫu thư báo cho nơi gửi (told)")
        if row.setter is not _FIXED.get(row.code, row.setter):
            found.append(f"{row.code}: setter phải là {_FIXED[row.code]}")
    return found + [f"thiếu mã {code}" for code in _NEEDED if code not in codes]
