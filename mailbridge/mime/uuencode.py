"""Files written into a text by uuencode (POSIX.1-2017, utility `uuencode`), old form and base64."""

import binascii
import re
from collections.abc import Iterator
from dataclasses import dataclass

from mailbridge.mime.words import as_text

_BEGIN = re.compile(rb"^begin(-base64)? [0-7]{3,4} ([^\r\n]{1,255})\r?\n", re.MULTILINE)
# A full line: 60 letters behind its length, perhaps a checksum letter.
_LINE = 64
# A letter stands for its code less that of the space, or for zero as a back quote.
_ZERO, _LAST = 0x20, 0x60


@dataclass(frozen=True, slots=True)
class Block:
    """One file in a text; it is cut where its last line is missing."""

    name: str
    content: bytes
    is_cut: bool


def has_block(octets: bytes) -> bool:
    """Tell whether a line begins a file."""
    return _BEGIN.search(octets) is not None


def blocks(octets: bytes) -> Iterator[Block]:
    """Give the files in a text; words that only look like a beginning are none."""
    at = 0
    while match := _BEGIN.search(octets, at):
        at = match.end()
        decode, last = (_of_base64, b"====") if match[1] else (_of_line, b"end")
        content = bytearray()
        is_cut = True
        for end, line in _lines(octets, at):
            if line == last:
                at, is_cut = end, False
                break
            piece = decode(line)
            if piece is None:
                break
            content += piece
            at = end
        if content or not is_cut:
            yield Block(as_text(match[2]).strip(), bytes(content), is_cut)


def _lines(octets: bytes, at: int) -> Iterator[tuple[int, bytes]]:
    while at < len(octets):
        end = octets.find(b"\n", at)
        end = len(octets) if end == -1 else end + 1
        yield end, octets[at:end].rstrip(b"\r\n")
        at = end


def _of_line(line: bytes) -> bytes | None:
    """Decode a line: its length, then four letters for three octets; None where it is no such."""
    if not line or line == b"`":
        return b""
    size = (line[0] - _ZERO) & 63
    letters = -(-size // 3) * 4
    is_none = not _ZERO <= line[0] <= _LAST or len(line) > max(_LINE, letters + 2)
    # Trailing spaces, which are letters here, are cut by some servers: no more than three words.
    if is_none or len(line) < 1 + letters // 2:
        return None
    try:
        return binascii.a2b_uu(line[: 1 + letters])
    except binascii.Error:
        return None


def _of_base64(line: bytes) -> bytes | None:
    try:
        return binascii.a2b_base64(line, strict_mode=True)
    except binascii.Error:
        return None
