"""Identifiers of agencies (mã định danh): two schemes, told by their form (Điều 3.6)."""

import re
from enum import StrEnum

# QCVN 102:2016: four levels of digits, read from right to left, and a letter with two digits.
_OLD = re.compile(r"\d{3}\.\d{2}\.\d{2}\.[A-Z]\d{2}", re.IGNORECASE)
# Sửa đổi 1:2022 of QCVN 102 with Quyết định 20/2020/QĐ-TTg, Điều 4 to 6: at most 35 characters.
_NEW = re.compile(r"[A-Za-z0-9]+(?:[._-][A-Za-z0-9]+)*")
LONGEST = 35


class Scheme(StrEnum):
    """Under which scheme an identifier was given."""

    OLD = "old"
    QD20 = "qd20"


def scheme(code: str) -> Scheme | None:
    """Tell the scheme of an identifier; None of what is none.

    Old ones are never turned into new ones by their letters: only the directory knows.
    """
    if _OLD.fullmatch(code):
        return Scheme.OLD
    return Scheme.QD20 if len(code) <= LONGEST and _NEW.fullmatch(code) else None
