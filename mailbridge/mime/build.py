"""Values into MIME octets, exact and the same each time. Pure.

Whatever a value holds, it stays inside its field: controls become spaces before it is written.
"""

import hashlib
import re
import unicodedata
from base64 import b64encode, encodebytes
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime
from pathlib import Path
from urllib.parse import quote

from mailbridge.model.errors import Reason, RefusedError

CRLF = b"\r\n"
# A subject of megabytes would fill every screen and break the line limit of RFC 5322 §2.1.1.
_VALUE_LENGTH = 900
# 45 octets become 60 letters: with its frame an encoded word stays under 75 (RFC 2047 §2).
_WORD_OCTETS = 45
_LINE = 76
# RFC 5321 §4.5.3.1.3: a path has at most 256 octets, its angle brackets among them.
_ADDRESS_LENGTH = 254
# A multiple of 57, so that pieces meet at the ends of base64 lines of 76 letters (RFC 2045 §6.8).
_PIECE = 57 * 16384
_ATEXT = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
_ADDRESS = re.compile(rf"{_ATEXT}(\.{_ATEXT})*@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*")
_PLAIN = re.compile(r"[ -~]*")


@dataclass(frozen=True, slots=True)
class Entity:
    """One MIME entity: header lines without the empty line, and its encoded body."""

    headers: bytes
    body: bytes

    def octets(self) -> bytes:
        """Write the entity as it stands between two boundaries."""
        return b"".join((self.headers, CRLF, self.body))


def flat(text: str) -> str:
    """Make one harmless line of any text: no controls, reversed writing or lone surrogates."""
    if not text.isprintable():
        # Seldom: what is printable is none of the hazards, and each letter costs its look-up.
        text = "".join(_harmless(letter) for letter in text)
    return " ".join(text.split())


def _harmless(letter: str) -> str:
    # Cc, Zl and Zp end lines; Cf turns the writing or hides letters; Cs cannot be encoded.
    hazard = unicodedata.category(letter) in {"Cc", "Cf", "Cs", "Zl", "Zp"}
    return " " if hazard else letter


def field(name: str, value: str) -> bytes:
    """Write one header line of free text, folded and encoded where needed (RFC 2047 §5)."""
    line = flat(value)[:_VALUE_LENGTH]
    # What looks like an encoded word would be decoded by the reader into something else.
    if _PLAIN.fullmatch(line) and "=?" not in line:
        return _folded(name, line.split(" "))
    return _folded(name, _words(line))


def date_field(name: str, moment: datetime) -> bytes:
    """Write a date with its zone (RFC 5322 §3.3)."""
    return _folded(name, [format_datetime(moment.replace(microsecond=0))])


def address_field(name: str, spec: str, shown: str = "") -> bytes:
    """Write one mailbox with its name (RFC 5322 §3.4); refuses what is no plain address."""
    checked = address(spec)
    phrase = flat(shown)[:_VALUE_LENGTH]
    if not phrase:
        return _folded(name, [checked])
    if _PLAIN.fullmatch(phrase) and "=?" not in phrase:
        quoted = phrase.replace("\\", "\\\\").replace('"', '\\"')
        return _folded(name, [f'"{quoted}"', f"<{checked}>"])
    return _folded(name, [*_words(phrase), f"<{checked}>"])


def address(spec: str) -> str:
    """Give a plain ASCII address back; internationalised ones are not supported yet."""
    if len(spec) > _ADDRESS_LENGTH or not _ADDRESS.fullmatch(spec):
        raise RefusedError(Reason.MALFORMED, "an address of a letter is no plain mail address")
    return spec


def ids_field(name: str, ids: Iterable[str]) -> bytes:
    """Write message identifiers, leaving out those that would not be valid (RFC 5322 §3.6.4)."""
    written = [f"<{one}>" for one in map(_bare_id, ids) if one]
    return _folded(name, written) if written else b""


def _bare_id(raw: str) -> str:
    bare = raw.strip().removeprefix("<").removesuffix(">")
    return bare if re.fullmatch(r"[!-;=?-~]{1,500}", bare) else ""


def _words(text: str) -> list[str]:
    """Cut text into encoded words at whole letters (RFC 2047 §5)."""
    words, piece = [], b""
    for letter in text:
        octets = letter.encode()
        if len(piece) + len(octets) > _WORD_OCTETS:
            words.append(piece)
            piece = b""
        piece += octets
    words.append(piece)
    return [f"=?utf-8?b?{b64encode(word).decode()}?=" for word in words]


def _folded(name: str, tokens: Iterable[str]) -> bytes:
    lines, line = [], f"{name}:"
    for token in tokens:
        if len(line) + 1 + len(token) > _LINE and line != f"{name}:":
            lines.append(line)
            line = ""
        line = f"{line} {token}"
    lines.append(line)
    return "\r\n".join(lines).encode("ascii") + CRLF


def content_type(kind: str, parameters: dict[str, str]) -> bytes:
    """Write a Content-Type with its parameters."""
    return _with_parameters("Content-Type", kind, parameters)


def _with_parameters(name: str, value: str, parameters: dict[str, str]) -> bytes:
    tokens = [value]
    for key, text in parameters.items():
        tokens[-1] += ";"
        tokens.extend(_parameter(key, flat(text)[:_VALUE_LENGTH]))
    return _folded(name, tokens)


def _parameter(key: str, text: str) -> list[str]:
    """Write a parameter; names of files go in pieces and percent letters (RFC 2231 §3, §4)."""
    if _PLAIN.fullmatch(text) and len(text) < _LINE - 20 and not set(text) & set('"\\'):
        return [f'{key}="{text}"']
    pieces = _percent_pieces(text)
    if len(pieces) == 1:
        return [f"{key}*=utf-8''{pieces[0]}"]
    first = f"{key}*0*=utf-8''{pieces[0]};"
    rest = [f"{key}*{n}*={piece};" for n, piece in enumerate(pieces[1:], start=1)]
    return [first, *rest[:-1], rest[-1].removesuffix(";")]


def _percent_pieces(text: str) -> list[str]:
    pieces, piece = [], ""
    for letter in text:
        written = quote(letter, safe="")
        if len(piece) + len(written) > _LINE - 26:
            pieces.append(piece)
            piece = ""
        piece += written
    return [*pieces, piece]


def text(words: str) -> Entity:
    """Make readable text of any language; base64 keeps every mail server's hands off it."""
    octets = words.replace("\r\n", "\n").replace("\n", "\r\n").encode("utf-8", "replace")
    return _coded("text/plain", {"charset": "utf-8"}, octets)


def lines(kind: str, fields: bytes) -> Entity:
    """Make an entity of header-like ASCII lines, as reports carry them (RFC 6522 §3)."""
    return Entity(content_type(kind, {}) + b"Content-Transfer-Encoding: 7bit\r\n", fields)


def attachment(kind: str, name: str, octets: bytes, parameters: dict[str, str]) -> Entity:
    """Make a file part from octets in hand."""
    return _coded(kind, parameters, octets, name)


def alternative(limit: str, plain: str, html: str) -> Entity:
    """Make one text in two dresses, the richer one last (RFC 2046 §5.1.4)."""
    rich = _coded("text/html", {"charset": "utf-8"}, html.replace("\n", "\r\n").encode())
    dresses = (text(plain).octets(), rich.octets())
    return multipart("multipart/alternative", limit, dresses, {})


def stored_file(kind: str, name: str, path: Path, content_id: str = "") -> Entity:
    """Make a file part as it is on disk, read in pieces: only its base64 stays in memory."""
    body = bytearray()
    with path.open("rb") as opened:
        while piece := opened.read(_PIECE):
            body += encodebytes(piece).replace(b"\n", CRLF)
    headers = _coded_headers(kind, {}, name)
    if content_id:
        headers += ids_field("Content-ID", (content_id,))
    return Entity(headers, bytes(body))


def _coded(kind: str, parameters: dict[str, str], octets: bytes, name: str = "") -> Entity:
    return Entity(_coded_headers(kind, parameters, name), encodebytes(octets).replace(b"\n", CRLF))


def _coded_headers(kind: str, parameters: dict[str, str], name: str) -> bytes:
    headers = content_type(kind, parameters) + b"Content-Transfer-Encoding: base64\r\n"
    if name:
        headers += _with_parameters("Content-Disposition", "attachment", {"filename": name})
    return headers


def boundary(*cause: str) -> str:
    """Derive a boundary, the same for the same cause, never met in base64 (RFC 2046 §5.1.1)."""
    digest = hashlib.sha256("\n".join(cause).encode()).hexdigest()[:32]
    return f"=_{digest}"


def multipart(kind: str, limit: str, parts: Iterable[bytes], parameters: dict[str, str]) -> Entity:
    """Join parts, written octets each, under a boundary (RFC 2046 §5.1)."""
    edge = b"--" + limit.encode("ascii")
    pieces: list[bytes] = []
    for part in parts:
        pieces += (edge, CRLF, part, CRLF)
    pieces += (edge, b"--", CRLF)
    return Entity(content_type(kind, {**parameters, "boundary": limit}), b"".join(pieces))
