"""Marks of secrecy: stamps and words, never "bảo mật" or "mật khẩu" (Điều 5.1)."""

import re
import unicodedata
from collections.abc import Iterable

_LEVELS = ("TUYỆT MẬT", "TỐI MẬT", "MẬT")
# A line longer than the longest stamp with its frame is a sentence.
_STAMP = 40
_RECALLED = "TÀI LIỆU THU HỒI"
# A stamp stands alone in its line, perhaps in a frame, perhaps with spaced letters.
_FRAME = " \t|[](){}<>*-–—_=+.:•■□▪#\"'“”«»"
_LABEL = re.compile(r"^(?:độ|mức độ|dấu) mật\s*:\s*(.+)$", re.IGNORECASE)
_IN_SUBJECT = re.compile(
    r"(?:^|[\[(<{|:/-]\s*)(tuyệt mật|tối mật|mật)\s*(?:$|[\])>}|:/-])", re.IGNORECASE
)
_NAME_PARTS = re.compile(r"[ _\-.()\[\]]+")
# Unaccented only as names are typed: the whole word in capitals.
_BARE = {"MAT": "MẬT", "TOIMAT": "TỐI MẬT", "TUYETMAT": "TUYỆT MẬT"}
_AFTER = {"khẩu", "ong", "thám", "thiết", "độ", "ngữ", "mã"}
_BEFORE = {"bảo", "bí", "thân", "cơ", "đặc"}


def mark_in_lines(lines: Iterable[str]) -> str | None:
    """Find a stamp: a line that holds the mark and nothing else, in capitals."""
    for line in lines:
        found = _mark(line)
        if found:
            return found
    return None


def _mark(line: str) -> str | None:
    text = unicodedata.normalize("NFC", line).strip(_FRAME)
    labelled = _LABEL.match(text)
    if labelled:
        text = labelled[1].strip(_FRAME).upper()
    if len(text) > _STAMP:
        return None
    words = " ".join(text.split())
    spaced = "".join(text.split())
    for mark in (*_LEVELS, _RECALLED):
        if words == mark or (spaced == mark.replace(" ", "") and words != mark):
            return mark
    return None


def mark_in_subject(subject: str) -> str | None:
    """Find a mark in a subject: "[MẬT] …", "(Tối mật)", "Độ mật: Mật"."""
    text = unicodedata.normalize("NFC", subject)
    match = _IN_SUBJECT.search(text)
    if match:
        return match[1].upper()
    return _capital_word(text.split())


def _capital_word(words: list[str]) -> str | None:
    """Find MẬT in capitals as its own word, unless its neighbours make another word of it."""
    bare = [word.strip(_FRAME + ",;") for word in words]
    all_capitals = all(word.isupper() for word in bare if word.isalpha())
    for at, word in enumerate(bare):
        if word != "MẬT":
            continue
        before = bare[at - 1].lower() if at else ""
        after = bare[at + 1].lower() if at + 1 < len(bare) else ""
        if before in _BEFORE or after in _AFTER:
            continue
        if all_capitals and len(bare) > 1 and before not in {"tối", "tuyệt", ""}:
            # A subject in capitals throughout: the word alone proves nothing.
            continue
        return {"tối": "TỐI MẬT", "tuyệt": "TUYỆT MẬT"}.get(before, "MẬT")
    return None


def mark_in_name(name: str) -> str | None:
    """Find a mark as a word of a file name."""
    text = unicodedata.normalize("NFC", name)
    parts = [part for part in _NAME_PARTS.split(text) if part]
    for at, part in enumerate(parts):
        before = parts[at - 1].lower() if at else ""
        after = parts[at + 1].lower() if at + 1 < len(parts) else ""
        if part in _BARE and before.lower() not in {"bao", "bi"}:
            return _BARE[part]
        if part.lower() == "mật" and before not in _BEFORE and after not in _AFTER:
            return {"tối": "TỐI MẬT", "tuyệt": "TUYỆT MẬT"}.get(before, "MẬT")
    return None
