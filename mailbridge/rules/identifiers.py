"""Identifiers of agencies (mã định danh): validity and successors (Điều 3.6, Điều 11.1)."""

from dataclasses import dataclass
from datetime import date

from mailbridge.model.directory import Agency, Directory

# A circle of successors, or a chain that nobody can follow.
_CHAIN = 10


@dataclass(frozen=True, slots=True)
class Succession:
    """An agency that has ended, and who is there now; a person decides whether that is meant."""

    ended: Agency
    successor: Agency | None

    @property
    def in_words(self) -> str:
        """Name both in Vietnamese."""
        after = self.successor
        return f"{self.ended.name}" + (
            f"; cơ quan kế thừa: {after.name} ({after.code})" if after else ""
        )


def succession(directory: Directory, agency: Agency, day: date) -> Succession | None:
    """Follow the successors of an agency that is not valid on that day; None of one that is."""
    if agency.is_valid_on(day):
        return None
    seen, now = {agency.code.lower()}, agency
    for _ in range(_CHAIN):
        after = directory.by_code(now.successor) if now.successor else None
        if after is None or after.code.lower() in seen:
            return Succession(agency, None)
        if after.is_valid_on(day):
            return Succession(agency, after)
        seen.add(after.code.lower())
        now = after
    return Succession(agency, None)
