"""Identifiers of agencies (mã định danh): schemes and successors (Điều 3.6, Điều 11.1)."""

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from mailbridge.model.directory import Agency, Directory

# QCVN 102:2016: four levels of digits, read from right to left, and a letter with two digits.
_OLD = re.compile(r"\d{3}\.\d{2}\.\d{2}\.[A-Z]\d{2}", re.IGNORECASE)
# Sửa đổi 1:2022 of QCVN 102 with Quyết định 20/2020/QĐ-TTg, Điều 4 to 6: at most 35 characters.
_NEW = re.compile(r"[A-Za-z0-9]+(?:[._-][A-Za-z0-9]+)*")
LONGEST = 35
# A circle of successors, or a chain that nobody can follow.
_CHAIN = 10


class Scheme(StrEnum):
    """Under which scheme an identifier was given."""

    OLD = "old"
    QD20 = "qd20"


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


def scheme(code: str) -> Scheme | None:
    """Tell the scheme of an identifier; None of what is none.

    Old ones are never turned into new ones by their letters: only the directory knows.
    """
    if _OLD.fullmatch(code):
        return Scheme.OLD
    return Scheme.QD20 if len(code) <= LONGEST and _NEW.fullmatch(code) else None


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
