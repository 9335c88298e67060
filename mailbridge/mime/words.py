"""Header words into readable text: encoded words, raw octets, and what programs do instead."""

import re
import unicodedata
from base64 import b64decode
from binascii import Error as Base64Error
from collections.abc import Iterator
from dataclasses import dataclass, replace
from quopri import decodestring

from mailbridge.mime.charsets import as_text
from mailbridge.model.problem import Problem

__all__ = ["as_text", "decoded", "has_word", "problems"]

# RFC 2047 §2: charset, optional language (RFC 2231 §5), encoding. The text after it may hold spaces
# and question marks, as many programs write it; it ends at the next "?=".
_OPENING = re.compile(r"=\?[ \t]*([^?*\s]{1,40})(?:\*[^?\s]{0,40})?[ \t]*\?[ \t]*([bBqQ])[ \t]*\?")
# Where a word begins: not at the padding of base64 before its end, "==?=".
_BEGUN = re.compile(rb"=\?(?!=)")
_LETTERS = re.compile(r"[^A-Za-z0-9+/=]")


@dataclass(frozen=True, slots=True)
class _Word:
    """One encoded word and where it stands."""

    start: int
    end: int
    charset: str
    encoding: str
    text: str


def decoded(raw: bytes) -> str:
    """Decode one unfolded field body."""
    text = as_text(raw)
    if "=?" not in text:
        return text.strip()
    pieces: list[str] = []
    run: list[_Word] = []
    at = 0
    for word in _words(text):
        between = text[at : word.start]
        # RFC 2047 §6.2: white space between two encoded words is not shown.
        if between.strip() or not run:
            pieces += [_joined(run), between]
            run = []
        run.append(word)
        at = word.end
    pieces += [_joined(run), text[at:]]
    return unicodedata.normalize("NFC", "".join(pieces)).strip()


def has_word(text: str) -> bool:
    """Tell whether an encoded word stands in a text."""
    return next(_words(text), None) is not None


def problems(raw: bytes) -> tuple[Problem, ...]:
    """Name what is odd about one unfolded field body."""
    found = [Problem.NUL] if b"\0" in raw else []
    if not raw.isascii():
        found.append(Problem.EIGHT_BIT_HEADER)
    opened = sum(1 for _ in _BEGUN.finditer(raw)) if b"=?" in raw else 0
    if opened and opened > sum(1 for _ in _words(raw.decode("latin-1"))):
        found.append(Problem.BAD_ENCODED_WORD)
    return tuple(found)


def _words(text: str) -> Iterator[_Word]:
    """Find the encoded words; linear, since a missing end is missed once for all."""
    at = 0
    while (opening := _OPENING.search(text, at)) is not None:
        end = text.find("?=", opening.end())
        if end == -1:
            return
        yield _Word(
            opening.start(),
            end + 2,
            opening[1].lower(),
            opening[2].lower(),
            text[opening.end() : end],
        )
        at = end + 2


def _joined(run: list[_Word]) -> str:
    """Decode words that stand together; a character may be split over two of one charset."""
    pieces: list[str] = []
    octets, charset = b"", ""
    for word in _whole_letters(run):
        if word.charset != charset:
            pieces.append(as_text(octets, charset))
            octets, charset = b"", word.charset
        octets += _octets(word)
    return "".join((*pieces, as_text(octets, charset)))


def _whole_letters(run: list[_Word]) -> Iterator[_Word]:
    """Join words that a program cut within four letters of base64 (against RFC 2047 §5)."""
    held: _Word | None = None
    for each in run:
        word = each
        if held is not None and (held.charset, held.encoding) == (each.charset, each.encoding):
            word = replace(each, text=held.text + each.text)
        elif held is not None:
            yield held
        letters = _LETTERS.sub("", word.text) if word.encoding == "b" else ""
        held = word if len(letters) % 4 and not letters.endswith("=") else None
        if held is None:
            yield word
    if held is not None:
        yield held


def _octets(word: _Word) -> bytes:
    if word.encoding == "q":
        return decodestring(word.text.encode("utf-8", "replace").replace(b"_", b" "))
    letters = _LETTERS.sub("", word.text).rstrip("=")
    usable = letters[: len(letters) - (len(letters) % 4 == 1)].partition("=")[0]
    try:
        return b64decode(usable + "=" * (-len(usable) % 4))
    except (Base64Error, ValueError):
        return word.text.encode("utf-8", "replace")
