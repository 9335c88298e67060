"""Octets of a stated, wrong or missing charset into readable NFC text, in linear time.

What was stated is believed where it fits; where it does not, statistics over Vietnamese syllables
choose. Nothing raises, and `Reading.problem` names what was odd: the octets themselves stay.
"""

import codecs
import re
import unicodedata
from base64 import b64decode
from dataclasses import replace

from mailbridge.mime import charset_names, legacy_fonts, mending, syllables
from mailbridge.mime.mending import Reading
from mailbridge.model.problem import Problem

_OWN = {
    "viscii": legacy_fonts.viscii,
    "viscii1.1-1": legacy_fonts.viscii,
    "x-viscii": legacy_fonts.viscii,
    "viqr": legacy_fonts.viqr,
    "tcvn": legacy_fonts.tcvn,
    "tcvn3": legacy_fonts.tcvn,
    "tcvn-5712": legacy_fonts.tcvn,
    "tcvn5712-1": legacy_fonts.tcvn,
    "x-viet-tcvn": legacy_fonts.tcvn,
    "x-viet-vni": legacy_fonts.vni,
    "vni": legacy_fonts.vni,
}
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# Where HTML names its charset itself; looked for in its first kilobytes alone.
_META = re.compile(rb"<meta\b[^<>]{0,400}\bcharset\s?=\s?[\"']?([\w.:-]{1,40})", re.IGNORECASE)
# What is looked at to tell a charset.
_HEAD = 4096
_UTF_32 = 4
# What programs state of octets that were typed in a Vietnamese font; every octet is a letter in it.
_MISUSED = {"cp1252", "cp1258"}
_UTF_7 = re.compile(rb"\+([A-Za-z0-9+/]*)-?")
# Control letters that no screen shows and no database of ours takes.
_CONTROLS = dict.fromkeys(set(range(32)) - {9, 10, 12, 13})


def as_text(octets: bytes, charset: str | None = None) -> str:
    """Decode octets of a stated, wrong or missing charset to NFC text."""
    return read(octets, charset).text


def read(octets: bytes, charset: str | None = None, *, html: bool = False) -> Reading:
    """Decode octets to NFC text, and tell what was odd."""
    name = charset_names.stated(charset)
    if html and not name and (meta := _META.search(octets[:_HEAD])):
        name = charset_names.stated(meta[1].decode("ascii", "replace"))
    reading = _by_mark(octets) or _by_name(octets, name)
    text = unicodedata.normalize("NFC", reading.text.translate(_CONTROLS))
    return replace(reading, text=text)


def _by_mark(octets: bytes) -> Reading | None:
    """Believe a mark at the beginning, whatever is stated (RFC 2781 §3.2)."""
    for mark, codec in _MARKS:
        if octets.startswith(mark) and (codec != "utf-32-le" or len(octets) % 4 == 0):
            return Reading(octets[len(mark) :].decode(codec, "replace"))
    return None


def _by_name(octets: bytes, name: str) -> Reading:
    if name in _OWN:
        return Reading(_OWN[name](octets))
    if name in {"utf-7", "unicode-1-1-utf-7"}:
        return Reading(_utf_7(octets), Problem.UTF_7)
    if (order := _wide(octets, name)) is not None:
        is_said = charset_names.width(name) > 0
        return Reading(octets.decode(order, "replace"), None if is_said else Problem.WRONG_CHARSET)
    codec = charset_names.codec(name) if name else None
    unknown = Problem.UNKNOWN_CHARSET if name and codec is None else None
    if octets.isascii() and (codec is None or not codec.startswith(("hz", "iso2022"))):
        text = octets.decode("ascii")
        return mending.viqr(text) or Reading(text, unknown)
    reading = _eight_bit(octets, codec, stated=bool(name))
    return replace(reading, problem=unknown or reading.problem)


def _wide(octets: bytes, name: str) -> str | None:
    """Name the order of UTF-16 or UTF-32 without a mark, by where its zeros lie.

    RFC 2781 §4.3: big-endian where nothing tells. Unstated, the zeros alone must tell.
    """
    width = charset_names.width(name)
    even, odd = octets[:_HEAD:2].count(0), octets[1:_HEAD:2].count(0)
    half = len(octets[:_HEAD]) // 2
    if not width and (min(even, odd) * 10 > half or max(even, odd) * 10 < max(half, 10) * 4):
        return None
    begins_low = odd > even if width != _UTF_32 else octets[:1] not in {b"", b"\0"}
    little = name.endswith("le") or (not name.endswith("be") and begins_low)
    return f"utf-{32 if width == _UTF_32 else 16}-{'le' if little else 'be'}"


def _eight_bit(octets: bytes, codec: str | None, *, stated: bool) -> Reading:
    text = _strict(octets, codec) if codec else None
    utf_8 = text if codec == "utf-8" else _strict(octets, "utf-8")
    # Text that is UTF-8 by chance has no word that is a syllable.
    if utf_8 is not None:
        if codec in {None, "utf-8", "utf-8-sig"}:
            return mending.mended(utf_8) or Reading(utf_8)
        if codec == "cp1252" or syllables.share(utf_8).is_sure():
            mended = mending.mended(utf_8)
            return Reading(mended.text if mended else utf_8, Problem.WRONG_CHARSET)
    if text is None or (codec in _MISUSED and not syllables.share(text).is_sure()):
        guess = mending.vietnamese(octets, short=not stated)
        if guess is not None:
            unsaid = not stated and guess.problem is Problem.WRONG_CHARSET
            return replace(guess, problem=Problem.NO_CHARSET) if unsaid else guess
    return Reading(text) if text is not None else _loosely(octets, codec, stated=stated)


def _strict(octets: bytes, codec: str) -> str | None:
    if codec == "cp1252":
        return mending.western(octets)
    try:
        return octets.decode(codec)
    except (UnicodeError, ValueError):
        return None


def _loosely(octets: bytes, codec: str | None, *, stated: bool) -> Reading:
    """Read what fits no charset: UTF-8 with stray octets, the stated one with gaps, or Latin."""
    problem = Problem.WRONG_CHARSET if stated else Problem.NO_CHARSET
    if (strays := mending.with_strays(octets)) is not None:
        return replace(strays, problem=problem)
    if codec and codec != "utf-8":
        return Reading(octets.decode(codec, "replace"), problem)
    return Reading(mending.western(octets), problem)


def _utf_7(octets: bytes) -> str:
    """Decode UTF-7 (RFC-2152); only where it is stated, since it hides text from filters."""

    def shifted(match: re.Match[bytes]) -> bytes:
        letters = match[1]
        if not letters:
            return b"+"
        usable = letters[: len(letters) - (len(letters) % 4 == 1)]
        wide = b64decode(usable + b"=" * (-len(usable) % 4))
        return wide[: len(wide) // 2 * 2].decode("utf-16-be", "replace").encode()

    return _UTF_7.sub(shifted, octets).decode("utf-8", "replace")
