"""Replies to mail programs: ASCII alone, in English and in Vietnamese without its accents.

What a server answers is shown to the clerk by the mail program as it is, and most show ASCII only.
"""

import unicodedata

# RFC 5321 §4.5.3.1.5: a reply line is at most 512 octets, its CR LF included.
LINE = 510

READY = "250 2.0.0 OK"
TRY_LATER = "451 4.3.0 Try again later / May chu tam thoi chua nhan duoc, hay gui lai sau"
TOO_LARGE = "552 5.3.4 The mail is too large / Thu qua lon"
BARE_LINE_END = "550 5.5.2 Bare CR or LF in the mail (line ends) / Thu sai dinh dang dong"
BUSY = "421 4.3.2 Too many connections / Qua nhieu ket noi, hay thu lai sau"
TIMEOUT = "421 4.4.2 You were silent for too long / Het thoi gian cho"
LEAVING = "421 4.3.2 The service is being stopped / Dich vu dang dung, hay gui lai sau"


def ascii_of(text: str) -> str:
    """Write Vietnamese without its accents; what has no ASCII letter becomes a question mark."""
    plain = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    bare = "".join(letter for letter in plain if not unicodedata.combining(letter))
    shown = bare.encode("ascii", "replace").decode()
    return "".join(letter if letter.isprintable() else " " for letter in shown)


def reply(code: str, words: str) -> str:
    """Write one reply line that no name in it can end early or make too long."""
    return f"{code} {ascii_of(words)}"[:LINE]
