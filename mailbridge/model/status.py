"""What becomes of a document after it came: its statuses, its paper, its other ways (Điều 11)."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

# Who set what no person set.
MACHINE = "mailbridge"


@dataclass(frozen=True, slots=True)
class StatusChange:
    """One row of the history (lịch sử xử lý). `code` as in the catalogue, or as it came.

    Empty words and None: that side of the assignment stays as it was.
    """

    document: int
    code: str
    at: datetime
    by: str
    unit: str = ""
    # Address of the person who handles it.
    person: str = ""
    deadline: datetime | None = None
    # Opinion of whoever assigned it (ý kiến chỉ đạo).
    opinion: str = ""
    note: str = ""


class Warned(StrEnum):
    """What was said of a handling deadline already; each is said once."""

    NOT_YET = "not-yet"
    # The handler, before the deadline.
    BEFORE = "before"
    # The handler, at the deadline.
    AT = "at"
    # The head, after it.
    HEAD = "head"
