"""Vietnamese that was written in one encoding and is said to be in another: told by statistics.

Nothing is changed unless nearly every word becomes a syllable that was none before.
"""

import re
import unicodedata
from dataclasses import dataclass

from mailbridge.mime import legacy_fonts, syllables
from mailbridge.model.problem import Problem

# Octets by which encodings are compared, from the first that is not ASCII on: a mail of many
# megabytes without a charset would otherwise be read four times over.
_JUDGED = 20_000
_BEYOND = re.compile(rb"[\x80-\xff]")
# Octets 80 to 9F are letters in cp1252 and controls in ISO 8859-1; five of them are in neither.
_C1 = {at: bytes((at,)).decode("cp1252", "ignore") or chr(at) for at in range(0x80, 0xA0)}
_BACK = {ord(letter): chr(at) for at, letter in _C1.items()}


@dataclass(frozen=True, slots=True)
class Reading:
    """Text with what was odd about its charset."""

    text: str
    problem: Problem | None = None


def western(octets: bytes) -> str:
    """Read octets as Western text; each of them is a letter or a control."""
    return octets.decode("latin-1").translate(_C1)


def vietnamese(octets: bytes, *, short: bool = False) -> Reading | None:
    """Choose the encoding in which nearly every word is a syllable, if there is one.

    A short text of no stated charset, such as a name, is believed sooner: nothing speaks against.
    """
    first = _BEYOND.search(octets)
    begin = octets.rfind(b" ", 0, first.start()) + 1 if first else 0
    judged = octets[begin : begin + _JUDGED]
    # Judged by a piece of it: only the one that is believed reads all of the octets.
    shares = [syllables.share(reading(judged)) for reading in _ENCODINGS]
    # Of equals the first is taken.
    at = max(range(len(shares)), key=lambda each: shares[each].ratio)
    best = shares[at]
    if not best.is_sure() and not (short and best.is_likely()):
        return None
    problem = Problem.WRONG_CHARSET if at == 0 else Problem.LEGACY_FONT
    return Reading(_ENCODINGS[at](octets), problem)


def _windows(octets: bytes) -> str:
    return unicodedata.normalize("NFC", octets.decode("cp1258", "replace"))


_ENCODINGS = (_windows, legacy_fonts.tcvn, legacy_fonts.vni, legacy_fonts.viscii)


def mended(text: str) -> Reading | None:
    """Undo what a program did when it took Vietnamese octets for Western text, then wrote UTF-8.

    Only where every letter goes back to one octet; None where nothing is to be mended.
    """
    if text.isascii() or syllables.share(text).is_sure():
        return None
    try:
        octets = text.translate(_BACK).encode("latin-1")
    except UnicodeEncodeError:
        return None
    try:
        twice = unicodedata.normalize("NFC", octets.decode("utf-8"))
    except UnicodeDecodeError:
        guess = vietnamese(octets)
        return guess if guess and guess.problem is Problem.LEGACY_FONT else None
    return Reading(twice, Problem.MOJIBAKE) if syllables.share(twice).is_sure() else None


def viqr(text: str) -> Reading | None:
    """Read ASCII text as VIQR where that can be nothing else (RFC-1456)."""
    if not legacy_fonts.looks_like_viqr(text):
        return None
    read = legacy_fonts.viqr(text.encode("ascii"))
    return Reading(read, Problem.LEGACY_FONT) if syllables.share(read).is_sure() else None


def with_strays(octets: bytes) -> Reading | None:
    """Read UTF-8 in which single octets are none; None where there are too many of those."""
    text = octets.decode("utf-8", "surrogateescape")
    strays = {letter for letter in set(text) if "\udc80" <= letter <= "\udcff"}
    count = sum(text.count(letter) for letter in strays)
    beyond = sum(1 for letter in text if letter > "\x7f") - count
    if count > beyond:
        return None
    octet_of = {ord(one): western(bytes((ord(one) - 0xDC00,))) for one in strays}
    return Reading(text.translate(octet_of))
