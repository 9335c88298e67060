"""Marks of secrecy in one line that people typed: a subject, a title, the name of a file.

A mark stands in brackets, before a colon or a dash, or in capitals among small letters; a title
about secrecy ("Danh mục bí mật nhà nước độ Tối mật") has the same words and is none.
"""

import re

from mailbridge.reading.secrecy_stamps import stamp
from mailbridge.reading.secrecy_words import (
    LINE,
    SECRET,
    TOP,
    UTMOST,
    fold,
    highest,
    is_accented,
    normal,
    spellings,
)

_MARKS = {"tuyệt mật": UTMOST, "tối mật": TOP, "mật": SECRET}
_MARKS |= {fold(words): mark for words, mark in _MARKS.items()}
_LEVEL = r"tuyệt\s*mật|tối\s*mật|mật|tuyet\s*mat|toi\s*mat|mat"
_BRACKETED = re.compile(
    rf"[\[({{<«【“\"|*]\s*(?:độ\s+)?(?P<mark>{_LEVEL})\s*"
    r"(?:[-,/+&]\s*(?:hỏa tốc|hoả tốc|(?:thượng\s*)?khẩn)\s*)?[\])}>»】”\"|*]",
    re.IGNORECASE,
)
_REPLY = re.compile(r"^(?:(?:re|fw|fwd|tr|trả lời|chuyển tiếp)\s*:\s*)+", re.IGNORECASE)
# A segment: what stands between dashes, bars, colons or slashes, not between letters of a word.
_PARTED = re.compile(r"\s+[-–—]+\s+|\s*[|:–—]\s*|\s+/\s+|^[-–—*]+\s*|\s*[-–—*]+$|(?<=\w)\.\s+")
# "quy định về dấu MẬT", "hoặc MẬT": what stands before makes it a word of the sentence.
_BEFORE = re.compile(
    "bảo|bí|thân|cơ|đặc|dấu|không|giải|chữ|từ|túi|sỏi|ống|ong|gan|trăng|lấy|hút|lộ|tiết|kín"
    "|cẩn|trù|nghiêm|hoặc|và|hay|các|những|về|là|phi|tinh|nội|mức|cao|tuần|của|loại|khai|chi"
    "|chu|khối|độ"
)
_AFTER = re.compile(
    "khẩu|ong|thám|thiết|độ|ngữ|mã|thư|vụ|lệnh|danh|nghị|hiệu|tập|giáo|tông|đàm|ước|chỉ|kế"
    "|gấu|mía|hoa|báo|hay|hoặc|và|nhà|của|là|trong|trên|tại"
)
_ABOUT = re.compile(
    r"bí mật nhà nước|bi mat nha nuoc|bảo vệ bí mật|danh mục|độ mật|bao ve bi mat|mẫu"
    r"|không (?:gửi|được|nhận|đưa|trao)|cấm |qua (?:email|mạng|thư điện tử)"
)
# "MẬT/Báo cáo", "Mật_Báo cáo": before the title itself.
_LEADING = re.compile(
    r"^(?P<mark>TUYỆT MẬT|TỐI MẬT|MẬT|Tuyệt mật|Tối mật|Mật)\s*[_/]\s*(?!tối|tuyệt|mật)(?=\w)"
)
_URGENT_BEFORE = re.compile(r"^(?:hỏa tốc|hoả tốc|thượng khẩn|khẩn)\s*[,/&+]\s*", re.IGNORECASE)
_TYPE = (
    "công văn|báo cáo|tài liệu|văn bản|quyết định|kế hoạch|tờ trình|thông báo|công điện|chỉ thị"
    "|nghị quyết|kết luận|hồ sơ|đề án|phương án|biên bản|điện|thư"
)
# "Công văn mật số 12": said of this very document, since nothing stands before it.
_TYPED = re.compile(
    rf"^(?:(?:gửi|kính gửi|chuyển)\s+)?(?:{_TYPE})\s+(?P<mark>tuyệt mật|tối mật|mật)"
    r"(?:\s+(?:số|ngày|tháng|năm|của|về|v/v)\b.*|\s*[\d\-(,.:].*)?$",
    re.IGNORECASE,
)
_RECALLED = re.compile(r"[\[({|]\s*(tài liệu thu hồi|tai lieu thu hoi)\s*[\])}|]", re.IGNORECASE)
_SIGNED = "p7m|p7s|asc|gpg|pgp|sig"
_EXTENSION = re.compile(
    rf"(?:\.(?:signed|{_SIGNED}))*\.[A-Za-z0-9]{{1,10}}(?:\.(?:{_SIGNED}|zip|rar|7z))*$"
)
_NAME_PARTS = re.compile(r"[\s_\-.()\[\]{},;+]+")
# "cong van toi mat": of what has no accents only the two-word levels are certain.
_TYPED_BARE = re.compile(
    rf"^(?:{fold(_TYPE)})\s+(?P<mark>tuyet mat|toi mat)(?:\s+so\b.*|\s*[\d\-(,.:].*)?$"
)
# What a Vietnamese syllable is without its accents.
_SYLLABLE = re.compile(
    r"(?:[bcdghklmnpqrstvx]|ch|gh|gi|kh|ng|ngh|nh|ph|qu|th|tr)?[aeiouy]{1,3}"
    r"(?:c|ch|m|n|ng|nh|p|t)?",
    re.IGNORECASE,
)
# What stands beside a mark in the name of a file without being a word: numbers and notations.
_ORGANS = re.compile("tu|hu|vptu|ubnd|hdnd|tw|tinh")


def mark_in_subject(subject: str) -> str | None:
    """Find a mark in a subject: "[MẬT] …", "… (Tối mật)", "Độ mật: Mật", "Báo cáo tháng 5 MẬT"."""
    return next(filter(None, map(_in_title, spellings(subject[:LINE]))), None)


def _in_title(shown: str) -> str | None:
    text = _REPLY.sub("", shown)
    bracketed = [_level(each["mark"], text) for each in _BRACKETED.finditer(text)]
    found = highest(bracketed)
    if found is None and _RECALLED.search(text):
        return "TÀI LIỆU THU HỒI"
    return found or _whole(text) or _segment(text) or _typed(text) or _in_capitals(text)


def _whole(text: str) -> str | None:
    found = stamp(text, bare=not is_accented(text))
    return found.mark if found is not None and not found.bullet else None


def _level(words: str, text: str) -> str | None:
    """Name the level; bare "mat" must be in capitals, for it is many other words."""
    shown = " ".join(words.lower().split())
    if shown == "mat" and words != "MAT" and is_accented(text):
        return None
    spelled = shown if shown in _MARKS else re.sub(r"(toi|tối|tuyet|tuyệt)", r"\1 ", shown)
    return _MARKS.get(spelled)


def _segment(text: str) -> str | None:
    """Find a level that is a segment of its own: "MẬT - Báo cáo", "Khẩn: Tối mật: …"."""
    leading = _LEADING.match(text)
    if leading is not None:
        return _MARKS[leading["mark"].lower()]
    parts = (_URGENT_BEFORE.sub("", each.strip(" []()")) for each in _PARTED.split(text))
    segments = [each for each in parts if each]
    levels = [_MARKS.get(" ".join(each.lower().split())) for each in segments]
    found = {each for each in levels if each}
    if len(found) != 1 or len(segments) == 1:
        return None
    at = next(i for i, each in enumerate(levels) if each)
    above = fold(segments[at - 1]).rstrip() if at else ""
    if above.endswith(("do mat", "muc mat", "cap do", "phan loai", "dau", "bao mat")):
        return _value(segments, at, levels[at])
    bare_small = segments[at] == segments[at].lower() and not is_accented(segments[at])
    return None if bare_small else levels[at]


def _value(segments: list[str], at: int, level: str | None) -> str | None:
    """Take "Độ mật: Mật" for a mark, but not where a title goes on behind it."""
    return level if at + 1 == len(segments) or not segments[at + 1][0].islower() else None


def _typed(text: str) -> str | None:
    match = _TYPED.match(text) or _TYPED_BARE.match(fold(text))
    return _MARKS[match["mark"].lower()] if match and not _ABOUT.search(text.lower()) else None


def _in_capitals(text: str) -> str | None:
    """Find MẬT in capitals as a word of its own, unless the words around it make it another."""
    words = [each.strip("[](){}<>|*\"'“”«»,;:.!") for each in text.split()]
    if _ABOUT.search(text.lower()):
        return None
    loud = all(word.isupper() for word in words if word.isalpha() and word != "MẬT")
    for at, word in enumerate(words):
        if word != "MẬT":
            continue
        start = at - 1 if at and words[at - 1].lower() in {"tối", "tuyệt"} else at
        before = words[start - 1].lower() if start else ""
        after = words[at + 1].lower() if at + 1 < len(words) else ""
        if _BEFORE.fullmatch(before) or (start == at and _AFTER.fullmatch(after)):
            continue
        beside_number = before[-1:].isdigit() or after[:1].isdigit() or after == "số"
        if loud and start and not beside_number:
            # A title in capitals throughout: the word alone proves nothing.
            continue
        if words[at - 1 if start < at else at].isupper():
            return _MARKS[" ".join(words[start : at + 1]).lower()]
    return None


def mark_in_name(name: str) -> str | None:
    """Find a mark in the name of a file: "5-CV-VPTU (Mật).pdf", "MAT_5-CV.pdf", "Công văn MẬT"."""
    stem = _EXTENSION.sub("", normal(name[:LINE]).replace("\\", "/").rpartition("/")[2])
    spaced = stem if " " in stem else stem.replace("_", " ")
    found = mark_in_subject(spaced)
    if found is None and " " in stem and "_" in stem:
        found = mark_in_subject(stem.replace("_", " - "))
    if found is None and is_accented(stem):
        found = _parted(stem)
    return found or _bare_in_name(stem)


def _parted(stem: str) -> str | None:
    """Find an accented level in capitals between signs, beside no word it could belong to."""
    parts = [part for part in _NAME_PARTS.split(stem) if part]
    return _in_capitals(" ".join(parts)) or _at_an_end(parts, _MARKS)


def _bare_in_name(stem: str) -> str | None:
    """Find MAT, TOI MAT, TUYET MAT as names are typed: beside numbers and notations alone.

    "MẶT TRẬN", "TIỀN MẶT", "GẶP MẶT" lose their accents, too.
    """
    return _at_an_end([part for part in _NAME_PARTS.split(stem) if part], _MARKS)


def _at_an_end(parts: list[str], marks: dict[str, str]) -> str | None:
    for size in (2, 1):
        for at in range(len(parts) - size + 1):
            words = " ".join(parts[at : at + size])
            level = marks.get(words.lower())
            if level is None and size == 1 and words in {"TOIMAT", "TUYETMAT"}:
                level = marks[words.lower().replace("mat", " mat")]
            if level is None or not _may_be_mark(words):
                continue
            neighbours = (parts[:at][-1:], parts[at + size :][:1])
            if all(_is_no_word(each[0]) for each in neighbours if each) and len(parts) > size:
                return level
    return None


def _may_be_mark(words: str) -> bool:
    return words.isupper() or " " in words or is_accented(words)


def _is_no_word(part: str) -> bool:
    """Tell whether a part of a name is a number or a notation and no Vietnamese syllable."""
    if any(letter.isdigit() for letter in part) or _ORGANS.fullmatch(part.lower()):
        return True
    return part.isupper() and not _SYLLABLE.fullmatch(fold(part))
