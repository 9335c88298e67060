"""Marks of secrecy on a page: stamps and labels, never words of running text (Điều 5.1).

A document about secrecy has the same words in sentences, titles and lists. What stands before and
behind a line tells whether it is a stamp.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from mailbridge.reading.secrecy_stamps import Stamp, awaits_value, letters_of, stamp
from mailbridge.reading.secrecy_titles import mark_in_name, mark_in_subject
from mailbridge.reading.secrecy_words import (
    LINE,
    RECALLED,
    SECRET,
    TOP,
    UTMOST,
    fold,
    highest,
    is_accented,
    normal,
    spellings,
)

__all__ = ["mark_in_lines", "mark_in_name", "mark_in_page", "mark_in_subject"]

# Lines of one text that are looked at: whoever hides a stamp further down hides it from readers.
LINES = 4_000
_WORD = re.compile(r"[^\W_]")
# What has none of these has no mark, in whatever spelling: lines without are most.
_MAY = re.compile(r"m.{1,9}?t(?![a-z])|h.{0,6}i(?![a-z])", re.IGNORECASE | re.DOTALL)
# From here on lie full-width letters and the styled ones of mathematics.
_STYLED = "\u2100"
# Where stamps stand; in small letters they are believed only there.
_HEAD = 14
# A line that ends so goes on in the next: "DANH MỤC BÍ" / "MẬT" / "NHÀ NƯỚC".
_FIRST_HALVES = (
    "bảo|bí|cơ|thân|đặc|độ|dấu|chữ|từ|không|giải|các|những|về|của|là|và|hoặc|hay|có|mức|loại|giữ"
    "|cấp|lộ|túi|ống|ong|lấy|sỏi|gan|trăng|tuần|đã|chưa|nội|chỉ|đóng|vệ"
)
_GOES_ON = frozenset(_FIRST_HALVES.split("|"))
_GOES_ON_BARE = frozenset(map(fold, _GOES_ON)) - {"tu", "co", "cac"}
_GOES_ON_PAIR = {"tài liệu", "văn bản", "hồ sơ", "công văn", "thông tin", "danh mục", "nội dung"}
# Before words that are a title's as often as a stamp's.
_ANNOUNCES = re.compile(
    r"(?:danh mục|danh sách|bảng kê|biên bản|thông báo|kế hoạch|quy định|quy chế|hướng dẫn|báo cáo"
    r"|quyết định|sổ|về việc|v/v|quản lý|sử dụng|lưu trữ|lưu giữ|tiêu hủy|tiêu huỷ|gửi|nhận|giao"
    r"|soạn thảo|sao|chụp|đối với|việc|phiếu|mẫu|nhóm|khối|kho)$"
)
_CHAPTER = re.compile(r"^(?:chương|mục|phần|bài|tiết|phụ lục|điều)\s*[\divxlc]+\b")
# What no stamp is followed by: the other half of a word.
_OTHER_WORD = re.compile(r"^(?:khẩu|mã|độ|ong|nhà nước|thư|thám|thiết|ngữ|vụ|danh)\b")
_GOES_ON_BELOW = re.compile(
    r"^(?:của|tại|trên|trong|năm|và|theo|cho|qua|bằng|từ|đến|được|phải|khi)\b"
)
_LEVELS = {SECRET, TOP, UTMOST}
_HALVES = {("TỐI", "MẬT"), ("TUYỆT", "MẬT"), ("TÀILIỆU", "THUHỒI"), ("TÀILIỆUTHU", "HỒI")}
_HALVES |= {(fold(a).upper(), fold(b).upper()) for a, b in _HALVES}


def mark_in_lines(lines: Iterable[str], *, machine: bool = False) -> str | None:
    """Find the highest mark of secrecy among the lines of one page or text, from top to bottom.

    `machine` says that they were read from a picture.
    """
    page = [line for line in islice(lines, LINES) if _WORD.search(line)]
    may = [_may(line[:LINE]) for line in page]
    if not any(may):
        return None
    bare = not any(is_accented(normal(line[:LINE])) for line in page)
    found = list(_stamps(page, may, bare=bare, machine=machine))
    return highest(_believed(page, found))


def mark_in_page(columns: Sequence[Iterable[str]], *, machine: bool = False) -> str | None:
    """Find the highest mark in several views of one page: its columns, its rows, its pieces."""
    return highest([mark_in_lines(lines, machine=machine) for lines in columns])


def _may(line: str) -> bool:
    """Tell whether a line could bear a mark; letters of other alphabets are made plain first."""
    plain = line if max(line) < _STYLED else normal(line)
    return _MAY.search(plain) is not None


_Found = tuple[int, int, Stamp]


def _stamps(page: list[str], may: list[bool], *, bare: bool, machine: bool) -> Iterator[_Found]:
    """Give first line, last line and stamp; one that is broken over two lines has both."""
    for at, line in enumerate(page):
        if not may[at]:
            continue
        is_broken = at > 0 and (_letters(page[at - 1]), _letters(line)) in _HALVES
        start = at - 1 if is_broken else at
        found = stamp(" ".join(page[start : at + 1]), bare=bare, machine=machine)
        if found is not None:
            yield start, at, found


def _letters(line: str) -> str:
    return next((s for each in spellings(line) if is_accented(s := letters_of(each))), "") or (
        letters_of(line)
    )


def _believed(page: list[str], found: list[_Found]) -> list[str | None]:
    """Leave out lists of levels, and lines whose words belong to those around them."""
    if _is_list([each for _, _, each in found]):
        return [None]
    return [each[2].mark for each in found if _stands_alone(page, *each)]


def _is_list(found: list[Stamp]) -> bool:
    """Tell whether several levels stand in lines of their own, as items or cells: one is a mark."""
    if any(each.sure for each in found):
        return False
    doubtful = [each for each in found if each.weak or each.bullet]
    levels = {each.mark for each in found if each.mark != RECALLED}
    return len(levels) > 1 and (len(doubtful) == len(found) or levels >= _LEVELS)


def _stands_alone(page: list[str], at: int, end: int, found: Stamp) -> bool:
    if found.sure or (at and awaits_value(page[at - 1])):
        return True
    below = normal(page[end + 1][:LINE]).lower() if end + 1 < len(page) else ""
    if _goes_on(page, at - 1) or _OTHER_WORD.match(below):
        return False
    if not found.weak and found.mark != RECALLED:
        return True
    above = normal(page[at - 1][:LINE]).lower().rstrip(" :.,;") if at else ""
    if _ANNOUNCES.search(above) or _CHAPTER.match(above) or _GOES_ON_BELOW.match(below):
        return False
    is_small = not page[at].isupper()
    return not is_small or (at < _HEAD and not found.bullet)


def _goes_on(page: list[str], at: int) -> bool:
    """Tell whether a line ends in the first half of a word or phrase."""
    return at >= 0 and any(map(_is_first_half, spellings(page[at])))


def _is_first_half(shown: str) -> bool:
    words = re.findall(r"[^\W\d_]+", shown.lower())
    if not words or shown.endswith((".", ":", ";", "!", "?")):
        return False
    last, pair = words[-1], " ".join(words[-2:])
    if last in _GOES_ON_BARE and not is_accented(shown):
        return True
    is_level = len(words) > 1 and fold(last) in {"toi", "tuyet"}
    return shown.endswith(",") or is_level or last in _GOES_ON or pair in _GOES_ON_PAIR
