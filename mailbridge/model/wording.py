"""Vietnamese words as they are compared: composed to NFC, spaced once, with or without accents."""

import re
import unicodedata

from mailbridge.model.reading import Urgency

# Zero-width and direction marks: they hide a word from us and show it to the reader.
_INVISIBLE = dict.fromkeys((0xAD, *range(0x200B, 0x2010), *range(0x202A, 0x202F), 0x2060, 0xFEFF))

# Letters that are kept folded: those of all of Unicode would fill a hundred megabytes.
_KNOWN = 4096
# A subject of megabytes is no subject.
_SUBJECT_LENGTH = 1000

# Accents are dropped by some mail programs: only the two-word levels, in capitals, stay certain.
_EXPRESS = re.compile(r"\bh(?:oả|ỏa) tốc\b|(?-i:\bHOA TOC\b)", re.IGNORECASE)
_VERY_URGENT = re.compile(r"\bthượng khẩn\b|(?-i:\bTHUONG KHAN\b)", re.IGNORECASE)
# "Khẩn trương", "khẩn cấp", "khai khẩn" are words of running text and no level (Điều 11.5).
_URGENT = re.compile(
    r"(?<!\bkhai )(?<!\bcầu )(?<!\bthành )\bkhẩn\b(?! (?:trương|cấp|thiết|cầu|khoản|hoang)\b)",
    re.IGNORECASE,
)


def normal(text: str) -> str:
    """Compose to NFC, drop what cannot be seen, and leave one space between words."""
    return " ".join(unicodedata.normalize("NFC", text.translate(_INVISIBLE)).split())


def fold(text: str) -> str:
    """Lower the case and drop the accents of NFC text; every letter keeps its place."""
    return text.translate(_BARE)


class _Bare(dict[int, str]):
    """Letters without accents, told once each: a text has few of them, many times."""

    def __missing__(self, code: int) -> str:
        letter = chr(code)
        base = "d" if letter in "đĐ" else unicodedata.normalize("NFD", letter)[0].lower()
        bare = base if len(base) == 1 else letter
        if len(self) < _KNOWN:
            self[code] = bare
        return bare


_BARE = _Bare()


def urgency_in(subject: str) -> Urgency:
    """Find the highest level of urgency that a subject names (Điều 11.5)."""
    text = normal(subject[:_SUBJECT_LENGTH])
    if _EXPRESS.search(text):
        return Urgency.EXPRESS
    if _VERY_URGENT.search(text):
        return Urgency.VERY_URGENT
    return Urgency.URGENT if _URGENT.search(text) else Urgency.NORMAL
