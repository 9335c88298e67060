"""What a reply to a mail about several documents says: line by line, each with the code of one.

    nhận 7KQ4MX
    chuyển 7KQ4MX Phòng Tổng hợp hạn 30/11
    trả lại 7KQ4MX: sai thẩm quyền

Greetings and whatever else stands between are passed over. What begins as such a line and is none
is told; two different wishes for one document are none.
"""

import re
from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import date
from itertools import takewhile

from mailbridge.model.reply_codes import PLACES
from mailbridge.rules.own_lines import LONGEST, Line, Words, own_lines
from mailbridge.rules.replies import Unclear, Verb, Wish, begins, passed, settled

# Each is weighed and may write to the register in the transaction of its mail.
MOST = 50
_CODE = re.compile("".join(f"[{place}{place.lower()}]" for place in PLACES))
# What people and programs put around it.
_AROUND = "[](){}<>\"'“”‘’:;,.!*_\u200b\ufeff"
_MARK = re.compile(r"(?:[-*•+]|\d{1,2}[.)])\s+")
# "Nhân dịp" and "Chuyên viên" begin other sentences.
_EXACT = ("nhận", "nhan", "xong", "chuyển", "chuyen", "trả lại", "tra lai")
_SHOWN = 80

NO_CODE = Unclear("Dòng không ghi mã của văn bản ngay sau lời.")
NO_WORD = Unclear("Dòng có mã nhưng không bắt đầu bằng một trong các lời.")
_MORE = Unclear("Sau mã còn lời khác; mỗi dòng chỉ một lời và một mã.")
_TWO = Unclear("Thư nêu hai việc khác nhau cho cùng một mã.")
_LONG = Unclear("Dòng quá dài.")
_WHY = Unclear("Lời “trả lại” phải có lý do sau dấu hai chấm, ví dụ: trả lại (mã): gửi nhầm.")


@dataclass(frozen=True, slots=True)
class Order:
    """One line: what it asks for and of which document, or why that is not clear."""

    # As it was written, cut for a screen.
    said: str
    code: str
    wish: Wish | Unclear


def orders(words: Words, today: date) -> tuple[Order, ...]:
    """Read every line that asks for something."""
    found = [order for line in own_lines(words) if (order := _read(line, today)) is not None]
    wishes: dict[str, list[Wish | Unclear]] = defaultdict(list)
    for one in found:
        if one.code and one.wish not in wishes[one.code]:
            wishes[one.code].append(one.wish)
    made: dict[tuple[str, Wish | Unclear] | int, Order] = {}
    for at, one in enumerate(found):
        is_doubtful = one.code and len(wishes[one.code]) > 1
        told = replace(one, wish=_TWO) if is_doubtful else one
        # The same line twice says it once.
        once = (one.code, one.wish) if one.code and not is_doubtful else at
        made.setdefault(once, told)
    return tuple(made.values())


def spelled(word: str) -> str | None:
    """Read a word as a code in its one spelling; None where it is none. Nothing is guessed.

    A letter of another alphabet that looks the same is another letter.
    """
    bare = word.strip(_AROUND)
    return bare.upper() if _CODE.fullmatch(bare) else None


def _read(line: Line, today: date) -> Order | None:
    said = _without_mark(line.said)
    shown = said if len(said) <= _SHOWN else f"{said[:_SHOWN].rstrip()}…"
    code = _named(said)
    if code is not None:
        below = tuple(takewhile(lambda one: _named(_without_mark(one)) is None, line.below))
        whole = replace(line, said=said, below=below)
        return Order(shown, code, settled(whole, lambda one: _asked(one, today)))
    verb = begins(said)
    if any(map(spelled, said[:LONGEST].split(" "))):
        return Order(shown, "", NO_CODE if verb else NO_WORD)
    is_meant = verb is not None and said.lower().startswith(_EXACT)
    return Order(shown, "", NO_CODE) if is_meant else None


def _without_mark(line: str) -> str:
    return _MARK.sub("", " ".join(line.split()), count=1)


def _named(said: str) -> str | None:
    """Give the code that stands behind a word that acts; None where the line is no order."""
    verb, words = begins(said), said[:LONGEST].split(" ")
    at = 2 if verb is Verb.RETURN else 1
    return spelled(words[at]) if verb is not None and len(words) > at else None


def _asked(said: str, today: date) -> Wish | Unclear:
    """Read an order, whose word and code are known to be there."""
    if len(said) > LONGEST:
        return _LONG
    verb, words = begins(said), said.split(" ")
    at = 2 if verb is Verb.RETURN else 1
    return _wish(verb, words[at], words[at + 1 :], today) if verb else NO_WORD


def _wish(verb: Verb, named: str, words: list[str], today: date) -> Wish | Unclear:
    """Read what stands behind the code; `named` is the code as it was written."""
    behind = " ".join(words)
    if verb is Verb.FORWARD:
        return passed(f"chuyển {behind}".rstrip(" .!;,"), today)
    if verb is Verb.RETURN:
        colon, reason = named.endswith(":"), behind
        if not colon and behind.startswith(":"):
            colon, reason = True, behind[1:].strip()
        return Wish(Verb.RETURN, reason) if colon and reason else _WHY
    return Wish(verb) if not behind.strip(" .!;,") else _MORE
