"""Urgency before a document is read: the words of the subject (Điều 6.3, Điều 11.5)."""

import re
import unicodedata

from mailbridge.model.reading import Urgency

# A subject of megabytes must not cost a search of megabytes.
_READ = 1000
_EXPRESS = re.compile(r"(?<!\w)h(?:oả|ỏa) tốc(?!\w)")
_VERY = re.compile(r"(?<!\w)thượng khẩn(?!\w)")
# "khẩn trương", "khẩn cấp" and "khẩn thiết" are ordinary words, not the stamp.
_URGENT = re.compile(r"(?<!\w)(?<!khẩn )khẩn(?! trương| cấp| thiết| cầu| khoản)(?!\w)")


def from_words(subject: str, priority: str = "") -> Urgency:
    """Guess the urgency from the subject, for the order of work alone.

    A priority field raises nothing: mail programs set it for everything.
    """
    del priority
    text = " ".join(unicodedata.normalize("NFC", subject[:_READ]).lower().split())
    for pattern, urgency in (
        (_EXPRESS, Urgency.EXPRESS),
        (_VERY, Urgency.VERY_URGENT),
        (_URGENT, Urgency.URGENT),
    ):
        if pattern.search(text):
            return urgency
    return Urgency.NORMAL
