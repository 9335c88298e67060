"""Content-Type and Content-Disposition: a word and its parameters, as standards and programs write.

RFC 2045 §5.1, RFC 2231 §3 and §4; beside them encoded words in quoted parameters, raw octets,
spaces without quotes, and missing semicolons. One pass, linear.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import unquote_to_bytes

from mailbridge.mime.words import as_text, decoded, has_word
from mailbridge.model.problem import Problem

# No program writes more; each costs a look at all the others' names.
_COUNT = 60
# A name of megabytes in parameters; the longest that programs write have a few thousand letters.
_SIZE = 32 * 1024
_KEY = re.compile(r"(?:^|(?<=[\s;,\"]))([^\s=;,\"()<>]{1,80})\s{0,20}=\s{0,20}")
_QUOTED = re.compile(r'"((?:[^"\\]|\\.)*)"', re.DOTALL)
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
# Where an unquoted value ends: a semicolon, or white space before another name and its "=".
_BARE_END = re.compile(r";|\s(?=[A-Za-z][\w*-]{0,40}=[^=?])|$")
_TYPE = re.compile(r"\s*([!#$&^_.+\w-]{1,120})\s?/\s?([!#$&^_.+\w-]{1,120})", re.ASCII)
# RFC 2231 §4: charset'language'text.
_EXTENDED = re.compile(r"([^']{0,60})'[^']{0,60}'")
_SECTION = re.compile(r"(.{1,60}?)\*(?:(\d{1,3})(\*)?)?$")
_ALONE = {"text": "text/plain", "multipart": "multipart/mixed", "message": "message/rfc822"}


@dataclass(frozen=True, slots=True)
class Field:
    """The first word of a field (lower case, "" if none), its parameters, and what was odd."""

    word: str
    parameters: tuple[tuple[str, str], ...] = ()
    problems: tuple[Problem, ...] = ()

    def get(self, name: str) -> str | None:
        """Look up a parameter by its lower-case name."""
        return next((value for key, value in self.parameters if key == name), None)


def content_type(raw: bytes) -> Field:
    """Read a Content-Type; an unusable one is "" (RFC 2045 §5.2: text/plain)."""
    text = raw[:_SIZE].decode("utf-8", "surrogateescape")
    found = _TYPE.match(text)
    if found is not None:
        read = _with(f"{found[1]}/{found[2]}".lower(), text[found.end() :])
        rest = text[found.end() :].lstrip()
        odd = bool(rest) and rest[0] not in ";("
        return Field(read.word, read.parameters, _noted(read, odd=odd))
    head = re.match(r"\s*([\w-]{0,40})\s{0,20}/?\s{0,20}(?=;|$)", text)
    word = _ALONE.get(head[1].lower(), "") if head else ""
    read = _with(word, text[head.end() :] if head else text)
    return Field(read.word, read.parameters, _noted(read, odd=bool(text.strip())))


def disposition(raw: bytes) -> Field:
    """Read a Content-Disposition (RFC 2183 §2)."""
    text = raw[:_SIZE].decode("utf-8", "surrogateescape")
    head = re.match(r"\s*\"?([\w-]{0,60})\"?", text)
    word = head[1].lower() if head else ""
    at = head.end() if head else 0
    # Where the word is missing, a parameter stands first.
    return _with("", text) if text[at:].lstrip()[:1] == "=" else _with(word, text[at:])


def _noted(field: Field, *, odd: bool) -> tuple[Problem, ...]:
    return (*field.problems, Problem.BAD_CONTENT_TYPE) if odd else field.problems


def _with(word: str, text: str) -> Field:
    plain: dict[str, str] = {}
    sections: dict[str, dict[int, tuple[bool, str]]] = {}
    repeated = False
    for name, value in _pairs(text):
        section = _SECTION.match(name)
        if section is None:
            repeated |= plain.get(name, value) != value
            plain.setdefault(name, value)
        else:
            number = int(section[2]) if section[2] else 0
            is_encoded = section[2] is None or section[3] is not None
            sections.setdefault(section[1], {}).setdefault(number, (is_encoded, value))
    # A boundary is compared, never read.
    found = {name: text if name == "boundary" else _shown(text) for name, text in plain.items()}
    for name, parts in sections.items():
        joined = _joined(parts)
        repeated |= found.get(name, joined) != joined and not _is_fallback(found[name], joined)
        found[name] = joined
    return Field(word, tuple(found.items()), (Problem.DUPLICATE_PARAMETER,) if repeated else ())


def _is_fallback(plain: str, extended: str) -> bool:
    """RFC 6266 §4.3 and habit: the plain name beside the extended one is its ASCII shadow."""
    _, dot, ending = extended.rpartition(".")
    return plain.isascii() and not extended.isascii() and (not dot or plain.endswith(ending))


def _pairs(text: str) -> Iterator[tuple[str, str]]:
    at = 0
    for _ in range(_COUNT):
        key = _KEY.search(text, at)
        if key is None:
            return
        quoted = _QUOTED.match(text, key.end())
        if quoted is not None:
            value, at = _ESCAPED.sub(r"\1", quoted[1]), quoted.end()
        else:
            end = _BARE_END.search(text, key.end())
            at = end.start() if end else len(text)
            # An apostrophe may stand in a boundary (RFC 2046 §5.1.1); elsewhere it quotes.
            quotes = '"' if key[1].lower() == "boundary" else "\"'"
            value = text[key.end() : at].strip().strip(quotes)
        yield key[1].lower(), value


def _shown(text: str) -> str:
    octets = text.encode("utf-8", "surrogateescape")
    return decoded(octets)


def _joined(sections: dict[int, tuple[bool, str]]) -> str:
    charset = None
    pieces: list[bytes] = []
    for number in sorted(sections):
        is_encoded, text = sections[number]
        if is_encoded and not pieces and (extended := _EXTENDED.match(text)):
            charset, text = extended[1], text[extended.end() :]
        pieces.append(
            unquote_to_bytes(text.encode("utf-8", "surrogateescape"))
            if is_encoded
            else text.encode("utf-8", "surrogateescape")
        )
    read = as_text(b"".join(pieces), charset)
    # RFC 2231 §4 has percent letters; programs write encoded words in its sections.
    return decoded(read.encode()) if charset is None and has_word(read) else read
