"""What a person says in the first line of a reply to a notice: a word that acts, or nothing clear.

Only what the writer wrote himself is read (`rules/own_lines`). What could mean two things means
none. Of a mail about several documents each line says something for itself: `rules/reply_lines`.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from mailbridge.rules.own_lines import LONGEST, Line, Words, own_lines
from mailbridge.rules.wording import folded


class Verb(StrEnum):
    """What a reply may do; as the docs spell it."""

    TAKE = "nhan"
    FORWARD = "chuyen"
    RETURN = "tra-lai"
    DONE = "xong"


@dataclass(frozen=True, slots=True)
class Wish:
    """One thing that a person asked for. `words` is the unit, or the reason of a return."""

    verb: Verb
    words: str = ""
    due: date | None = None


@dataclass(frozen=True, slots=True)
class Unclear:
    """Nothing is done; `why` is Vietnamese, for the writer."""

    why: str


# A deadline without its year is one of these days; what lies further off is a slip.
_AHEAD = timedelta(days=183)
_DAY = re.compile(r"(\d{1,2})[/.-](\d{1,2})(?:[/.-](\d{4}))?")
_VERBS = {"nhan": Verb.TAKE, "xong": Verb.DONE, "chuyen": Verb.FORWARD, "tra lai": Verb.RETURN}
_ALONE = {"nhan": Verb.TAKE, "xong": Verb.DONE}
_PASSED = re.compile(r"\S+ +(\S.*?) +(h\S{1,5}) +(\d\S*)", re.IGNORECASE)
_RETURNS = re.compile(r"\s*\S+\s+\S+\s*:\s*(.*\S)\s*")

_NOTHING = Unclear("Thư không có lời nào ở đầu, phía trên phần trích dẫn.")
_OTHER = Unclear("Dòng đầu của thư không phải là một trong các lời nêu dưới đây.")
_TWO = Unclear("Thư nêu hai việc khác nhau; mỗi thư chỉ một việc.")
_WHOM = Unclear("Lời “chuyển” phải có đơn vị và hạn, ví dụ: chuyển Phòng Tổng hợp hạn 30/11.")
_WHEN = Unclear("Không hiểu hạn: ghi ngày và tháng, trong vòng sáu tháng tới, ví dụ 30/11.")
_WHERE = Unclear(
    "Ngay dưới lý do trả lại còn dòng khác, không rõ có thuộc lý do hay không, nên chưa gửi đi. "
    "Đề nghị ghi lý do gọn trong một dòng, để trống một dòng rồi mới đến chữ ký, lời khác."
)
_WHY = Unclear("Lời “trả lại” phải có lý do sau dấu hai chấm, ví dụ: trả lại: gửi nhầm nơi nhận.")


def wish(words: Words, today: date) -> Wish | Unclear:
    """Read what a reply asks for."""
    lines = own_lines(words)
    if not lines:
        return _NOTHING
    first = settled(lines[0], lambda said: _read(said, today))
    if isinstance(first, Wish):
        others = (_read(line.said, today) for line in lines[1:])
        if any(isinstance(one, Wish) and one != first for one in others):
            return _TWO
    return first


def settled(line: Line, read: Callable[[str], Wish | Unclear]) -> Wish | Unclear:
    """Read a line with what a program broke off it, where only that makes a wish of it.

    The reason of a return leaves to another agency (Điều 10.1), and what a person writes below it
    for his own people may not: where it ends must be sure.
    """
    alone = read(line.said)
    if isinstance(alone, Wish):
        return _WHERE if alone.verb is Verb.RETURN and line.is_open else alone
    for said in line.longer():
        found = read(said)
        if isinstance(found, Wish) and found.verb is Verb.FORWARD:
            return found
    return alone


def begins(line: str) -> Verb | None:
    """Tell with which of the words a line begins."""
    first, _, rest = folded(line[:LONGEST]).partition(" ")
    if first == "tra":
        first = f"tra {rest.partition(' ')[0]}"
    return _VERBS.get(first.rstrip(":,"))


def _read(line: str, today: date) -> Wish | Unclear:
    said = " ".join(line.split())
    bare = folded(said).rstrip(" .!;,")
    if len(said) > LONGEST:
        return _OTHER
    if bare in _ALONE:
        return Wish(_ALONE[bare])
    if re.match(r"tra lai\b", bare):
        found = _RETURNS.fullmatch(said) if re.match(r"tra lai ?:", bare) else None
        return Wish(Verb.RETURN, found[1]) if found else _WHY
    if re.match(r"chuyen\b", bare):
        return passed(said.rstrip(" .!;,"), today)
    return _OTHER


def passed(said: str, today: date) -> Wish | Unclear:
    """Read to whom and until when a document is passed on: a word, the unit, and the deadline."""
    found = _PASSED.fullmatch(said)
    unit = found[1].strip(" :,;") if found else ""
    # Said twice, it is not known where the unit ends.
    if (
        found is None
        or folded(found[2]).rstrip(":") != "han"
        or not unit
        or re.search(r"\bhan\b", folded(unit))
    ):
        return _WHOM
    due = _day(found[3], today)
    return Wish(Verb.FORWARD, unit, due) if due else _WHEN


def _day(said: str, today: date) -> date | None:
    found = _DAY.fullmatch(said)
    if found is None:
        return None
    years = (int(found[3]),) if found[3] else (today.year, today.year + 1)
    for year in years:
        try:
            day = date(year, int(found[2]), int(found[1]))
        except ValueError:
            continue
        if found[3] or today <= day <= today + _AHEAD:
            return day
    return None
