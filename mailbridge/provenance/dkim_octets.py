"""The octets that a DKIM signature covers: chosen header fields and the body, made canonical.

The header goes through dkimpy's canonicalisation; the body does not: dkimpy holds it several
times in memory, and a mail has up to 64 MiB. Here it goes by in pieces of whole lines.
"""

import hashlib
import mmap
import re
from collections.abc import Iterator
from dataclasses import dataclass

Octets = bytes | mmap.mmap

_PIECE = 1024 * 1024
_FIELD = re.compile(rb"([!-9;-~]{1,200}[ \t]*):(.*)\Z", re.DOTALL)
_LONE_NEWLINE = re.compile(rb"(?<!\r)\n")
_BEFORE_LINE_END = re.compile(rb"[ \t]+\r\n")
_SPACES = re.compile(rb"[ \t]+")


class MalformedHeaderError(Exception):
    """A line of the header is no field: readers differ in what they see, so nothing is signed."""


@dataclass(frozen=True, slots=True)
class RawField:
    """One header field as it lies in the mail: name up to the colon, value with its line ends."""

    name: bytes
    value: bytes

    @property
    def key(self) -> str:
        """The name in lower case."""
        return self.name.rstrip().lower().decode("ascii")


def header_fields(block: bytes) -> tuple[RawField, ...]:
    """Split a header block; raises MalformedHeaderError where a line is no field."""
    # RFC 6376 §5.3: a mail that was stored with bare line feeds was sent with CRLF.
    lines = _LONE_NEWLINE.sub(b"\r\n", block).split(b"\r\n")
    joined: list[list[bytes]] = []
    for line in lines:
        if line[:1] in {b" ", b"\t"} and joined:
            joined[-1].append(line)
        elif line:
            joined.append([line])
    if joined and joined[0][0].startswith(b"From "):
        # The envelope line of a mailbox file is no part of the mail.
        del joined[0]
    return tuple(_field(b"\r\n".join(each) + b"\r\n") for each in joined)


def _field(octets: bytes) -> RawField:
    match = _FIELD.match(octets)
    if match is None:
        raise MalformedHeaderError
    return RawField(match[1], match[2])


def signed_header(
    fields: tuple[RawField, ...], names: tuple[str, ...], own: RawField, *, relaxed: bool
) -> bytes:
    """Join the fields that `names` lists and the signature's own without its b=."""
    return joined([*_chosen(fields, names), own], relaxed=relaxed)


def joined(fields: list[RawField], *, relaxed: bool) -> bytes:
    """Join canonical fields (RFC 6376 §3.4.1, §3.4.2), the last of which is the signature."""
    from dkim.canonicalization import Relaxed, Simple

    canonical = (Relaxed if relaxed else Simple).canonicalize_headers
    fields = [*fields[:-1], _unsigned(fields[-1])]
    pairs = canonical([(field.name, field.value) for field in fields])
    # RFC 6376 §3.7: the signature itself is hashed without its line end.
    return b"".join(name + b":" + value for name, value in pairs).removesuffix(b"\r\n")


def _chosen(fields: tuple[RawField, ...], names: tuple[str, ...]) -> Iterator[RawField]:
    """Take the fields of each name from the bottom up (RFC 6376 §5.4.2); what is none counts."""
    left: dict[str, list[RawField]] = {}
    for field in fields:
        left.setdefault(field.key, []).append(field)
    for name in names:
        if left.get(name):
            yield left[name].pop()


def _unsigned(own: RawField) -> RawField:
    """Empty the value of b=, with all white space around it (RFC 6376 §3.5)."""
    tags = own.value.split(b";")
    for number, tag in enumerate(tags):
        name, equals, _ = tag.partition(b"=")
        if equals and name.strip() == b"b":
            tags[number] = name + b"="
    return RawField(own.name, b";".join(tags))


def body_digest(
    octets: Octets, start: int, name: str, *, relaxed: bool, length: int | None
) -> bytes | None:
    """Hash the canonical body from `start`; None where `length` says more than there is."""
    made = hashlib.new(name)
    left = length
    for piece in _canonical_body(octets, start, relaxed=relaxed):
        taken = piece if left is None else piece[:left]
        made.update(taken)
        if left is not None:
            left -= len(taken)
    # RFC 6376 §3.5: l= must not be larger than the canonical body.
    return made.digest() if not left else None


def _canonical_body(octets: Octets, start: int, *, relaxed: bool) -> Iterator[bytes]:
    """Give the body as RFC 6376 §3.4.3 or §3.4.4 has it, empty lines at its end left out."""
    held, is_empty = 0, True
    for lines in _whole_lines(octets, start):
        text = _SPACES.sub(b" ", _BEFORE_LINE_END.sub(b"\r\n", lines)) if relaxed else lines
        kept = _without_last_line_ends(text)
        if kept:
            yield b"\r\n" * held + kept
            held, is_empty = 0, False
        held += (len(text) - len(kept)) // 2
    if not is_empty or not relaxed:
        yield b"\r\n"


def _without_last_line_ends(text: bytes) -> bytes:
    stripped = text.rstrip(b"\r\n")
    # A bare CR before the last CRLFs is content.
    bare = text.rfind(b"\r\r", len(stripped))
    return stripped if bare == -1 else text[: bare + 1]


def _whole_lines(octets: Octets, start: int) -> Iterator[bytes]:
    """Cut the octets after line ends; each line ends with CRLF, the last one too."""
    end = len(octets)
    while start < end:
        found = octets.find(b"\n", min(start + _PIECE, end))
        stop = end if found == -1 else found + 1
        lines = _LONE_NEWLINE.sub(b"\r\n", bytes(octets[start:stop]))
        yield lines if lines.endswith(b"\r\n") else lines + b"\r\n"
        start = stop
