"""One line as a stamp of secrecy: the mark and nothing else (NĐ 30/2020 PL I, boxes 10a and 11)."""

import re
from dataclasses import dataclass

from mailbridge.reading.secrecy_words import (
    RANKS,
    SECRET,
    TOP,
    UTMOST,
    fold,
    is_accented,
    normal,
    spellings,
)

_WORD = re.compile(r"[^\W_]+")
_LEVEL = "TUYỆTMẬT|TỐIMẬT|MẬT|TÀILIỆUTHUHỒI"
# Stamps beside it: urgency, and the copy's number (Circular 24/2020/TT-BCA).
_BESIDE = "THƯỢNGKHẨN|KHẨN|HỎATỐC|HOẢTỐC|HẸNGIỜ|BẢNSAOSỐ[0-9]{0,4}|BẢNSỐ[0-9]{0,4}"
_CHANGED = "TĂNGLÊN|NÂNGLÊN|GIẢMXUỐNG|ĐỘMẬT"
_COPY = "BẢNSAOBÍMẬTNHÀNƯỚC"
_OF = "TÀILIỆU|VĂNBẢN|HỒSƠ|CÔNGVĂN"
# A stamp and its companions are shorter; what is longer is a sentence.
_LENGTH = 60
# How machine reading shows the sides of a frame.
_SIDES = {"i", "l", "j", "1", "t", "f", "r", "o", "ï", "ì", "í", "c", "e", "d"}


def _pattern(level: str, beside: str, changed: str, copy: str, of: str) -> re.Pattern[str]:
    recalled = level.rpartition("|")[2]
    return re.compile(
        rf"(?:{beside})*(?:{changed})?(?P<mark>{level})(?P<more>(?:{recalled}|{beside})*)"
        rf"|(?P<copy>{copy})|(?:{of})(?P<weak>{level})"
    )


_ACCENTED = _pattern(_LEVEL, _BESIDE, _CHANGED, _COPY, _OF)
_BARE = _pattern(*(fold(each).upper() for each in (_LEVEL, _BESIDE, _CHANGED, _COPY, _OF)))
_MARKS = {mark.replace(" ", ""): mark for mark in RANKS}
_MARKS |= {fold(letters).upper(): mark for letters, mark in _MARKS.items()}
_CHECKED = re.compile(
    r"(?:[☒☑✓✔✅🗹]|\[ ?[xX] ?\]|\( ?[xX] ?\)) ?(tuyệt mật|tối mật|mật)\b", re.IGNORECASE
)
_UNTICKED = re.compile(r"^[□☐◻] ?[^□☐◻]*$")
# A watermark says it again and again.
_AGAIN = re.compile(r"(TUYỆTMẬT|TỐIMẬT|MẬT)\1+")
_LABEL = re.compile(
    r"\bđộ (?:bảo )?mật\b(?P<of>[^:]{0,40}):\W{0,4}"
    r"(?P<mark>tuyệt mật|tối mật|mật)\b(?P<rest>.{0,40})",
    re.IGNORECASE,
)
_BARE_LABEL = re.compile(
    r"\b(?:do|muc do|cap do) (?:bao )?mat\b(?P<of>[^:]{0,40}):\W{0,4}"
    r"(?P<mark>tuyet mat|toi mat|mat)\b(?P<rest>.{0,40})"
)
# Beside the number, in one row with it.
_NUMBERED = re.compile(
    r"^(?:Số|SỐ|So)\s?:?\s?\d[\w\-/.]*\s(?P<behind>TUYỆT MẬT|TỐI MẬT|MẬT)$"
    r"|^(?P<before>TUYỆT MẬT|TỐI MẬT|MẬT)\s(?:Số|SỐ|So)\s?:?\s?\d[\w\-/.]*$"
)
# "Độ mật: Mật, Tối mật hoặc Tuyệt mật" offers a choice, "mật độ" is another word.
_CHOICE = re.compile(
    r"^(?:\W{0,4}(?:tuyệt|tối|mật|hoặc|hay|và|tuyet|toi|mat|hoac|va)| (?:độ|do))\b"
)
_VALUE_AWAITED = re.compile(r"^\W*(?:mức |cấp |dấu |dấu chỉ )?độ (?:bảo )?mật\W*$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Stamp:
    """What a line is as a stamp. `weak`: its words are as often a title's or a list's."""

    mark: str
    weak: bool = False
    bullet: bool = False
    # Behind its label, or ticked: no words around it make it another thing.
    sure: bool = False


def letters_of(line: str) -> str:
    """Give the letters and digits of a line alone, so that spaces and frames do not count."""
    return "".join(_WORD.findall(line))


def stamp(line: str, *, bare: bool = False, machine: bool = False) -> Stamp | None:
    """Take a line for a stamp, or not.

    `bare`: its page has no accents at all, so that "MAT" is how its writer spells it. `machine`:
    a machine read it, which loses accents and takes sides of a frame for letters.
    """
    for shown in spellings(line):
        found = _of_spelling(shown, bare=bare, machine=machine)
        if found is not None:
            return found
    return None


def _of_spelling(shown: str, *, bare: bool, machine: bool) -> Stamp | None:
    labelled = label(shown)
    if labelled is not None:
        return Stamp(labelled, sure=True)
    if _UNTICKED.match(shown):
        return None
    words = _WORD.findall(shown)
    letters = "".join(_without_sides(words) if machine else words)
    if not letters or len(letters) > _LENGTH:
        return None
    return _of_letters(letters, shown, bare=bare or machine)


def _of_letters(letters: str, shown: str, *, bare: bool) -> Stamp | None:
    capitals = _AGAIN.sub(r"\1", letters.upper())
    match = _ACCENTED.fullmatch(capitals)
    if match is None and (bare or not is_accented(letters)):
        match = _BARE.fullmatch(fold(letters).upper() if bare else capitals)
        # "MAT" among accented words is no Vietnamese word; "TOI MAT" can be nothing else.
        if match is not None and not bare and _mark(match) == SECRET:
            return None
    if match is None:
        return None
    is_capital = letters == letters.upper()
    if not is_capital and not (letters[0].isupper() and match["mark"] == capitals):
        return None
    weak = not is_capital or match["weak"] is not None
    return Stamp(_mark(match), weak=weak, bullet=_is_item(shown))


def _mark(match: re.Match[str]) -> str:
    if match["copy"]:
        return SECRET
    return _MARKS[match["mark"] or match["weak"]]


def _without_sides(words: list[str]) -> list[str]:
    start, end = 0, len(words)
    while start < end and words[start].lower() in _SIDES:
        start += 1
    while end > start and words[end - 1].lower() in _SIDES:
        end -= 1
    return words[start:end]


def _is_item(shown: str) -> bool:
    """Tell whether it is written as an item of a list or a quotation within a sentence."""
    bullet = re.match(r"^(?:[-–—+*•●▪◦□☐o]|\w{1,2}[.)]) ?", shown)
    closed = re.search(r"[-–—*+|]$", shown)
    return (bullet is not None and closed is None) or shown.endswith((";", ",", "”,", "”.", "”;"))


def label(shown: str) -> str | None:
    """Find "Độ mật: Tối mật", a ticked level, or one beside a number; a choice is none."""
    checked, numbered = _CHECKED.search(shown), _NUMBERED.match(shown)
    if checked is not None:
        return checked[1].upper()
    if numbered is not None:
        return numbered["behind"] or numbered["before"]
    match = _LABEL.search(shown)
    if match is None and not is_accented(shown):
        match = _BARE_LABEL.search(shown.lower())
    return _labelled(match) if match is not None else None


def _labelled(match: re.Match[str]) -> str | None:
    rest = match["rest"].lower()
    if _CHOICE.match(rest) or "không" in match["of"].lower():
        return None
    if re.search(r"\b(?:toi|tuyet) mat\b", fold(rest)):
        return None
    return {"mat": SECRET, "toi mat": TOP, "tuyet mat": UTMOST}[fold(match["mark"])]


def awaits_value(line: str) -> bool:
    """Tell whether a line is the label of a level that stands in the next one."""
    return _VALUE_AWAITED.match(normal(line)) is not None
