"""Bodies decoded piece by piece: a mail of any size costs a megabyte of memory."""

import binascii
import re
import string
from collections.abc import Callable, Iterator

from mailbridge.mime import charsets, uuencode
from mailbridge.mime.parse import Octets
from mailbridge.model.message import Part
from mailbridge.model.problem import Problem

Note = Callable[[Problem], None]

_UUENCODE = {"x-uuencode", "uuencode", "x-uue", "x-uu"}
PIECE = 1024 * 1024
_LETTERS = (string.ascii_letters + string.digits + "+/=").encode()
_NOT_BASE64 = bytes(set(range(256)) - set(_LETTERS))
# Fewer letters before the padding hold no octet (RFC 2045 §6.8).
_LEAST = 2
_SPACE = b" \t\r\n"
_AS_THEY_ARE = {"7bit", "8bit", "binary"}
# What is no octet in quoted-printable, and yet no line end (RFC 2045 §6.7).
_BROKEN_QP = re.compile(rb"=(?![0-9A-Fa-f]{2}|[ \t]{0,80}\r?\n|[ \t]{0,80}\Z)")
_UNFINISHED = re.compile(rb"(?:[\xc2-\xdf]|[\xe0-\xef][\x80-\xbf]?|[\xf0-\xf4][\x80-\xbf]{0,2})\Z")


def _silent(problem: Problem) -> None:
    """Take a problem that nobody asked for."""


def chunks(octets: Octets, part: Part, note: Note = _silent) -> Iterator[bytes]:
    """Give the decoded octets of a leaf part (RFC 2045 §6), tolerantly."""
    if part.encoding == "base64":
        yield from _base64(octets, part, note)
    elif part.encoding == "quoted-printable":
        body = bytes(octets[part.body : part.end])
        if _BROKEN_QP.search(body):
            note(Problem.BROKEN_QUOTED_PRINTABLE)
        yield binascii.a2b_qp(body)
    elif part.encoding in _UUENCODE:
        # Never a standard (RFC 2045 §6.4 warns of such words), and still met.
        for block in uuencode.blocks(bytes(octets[part.body : part.end])):
            yield block.content
    else:
        if part.encoding not in _AS_THEY_ARE:
            note(Problem.UNKNOWN_ENCODING)
        for start in range(part.body, part.end, PIECE):
            yield bytes(octets[start : min(start + PIECE, part.end)])


def _base64(octets: Octets, part: Part, note: Note) -> Iterator[bytes]:
    rest = b""
    for start in range(part.body, part.end, PIECE):
        piece = bytes(octets[start : min(start + PIECE, part.end)])
        letters = piece.translate(None, _NOT_BASE64)
        if len(piece.translate(None, _LETTERS + _SPACE)):
            note(Problem.BROKEN_BASE64)
        letters = rest + letters
        # RFC 2045 §6.8: padding ends the data; what follows it is not part of it.
        end = letters.find(b"=")
        if end != -1:
            behind = letters[end:].strip(b"=")
            if behind or octets.find(b"=", start + len(piece), part.end) != -1 or end % 4 < _LEAST:
                note(Problem.BROKEN_BASE64)
            yield _four(letters[:end])
            return
        whole = len(letters) - len(letters) % 4
        yield binascii.a2b_base64(letters[:whole])
        rest = letters[whole:]
    if rest:
        note(Problem.BROKEN_BASE64)
    yield _four(rest)


def _four(letters: bytes) -> bytes:
    """Decode letters without their padding; a single letter left over holds no octet."""
    if len(letters) % 4 == 1:
        letters = letters[:-1]
    return binascii.a2b_base64(letters + b"=" * (-len(letters) % 4))


def text(octets: Octets, part: Part, limit: int, note: Note = _silent) -> str:
    """Give a text part as NFC text, cut at the limit; HTML as its source."""
    gathered = bytearray()
    for chunk in chunks(octets, part, note):
        gathered += chunk
        if len(gathered) > limit:
            break
    if len(gathered) > limit:
        note(Problem.TEXT_CUT)
        # A letter that the cut has parted is left out.
        gathered = bytearray(_UNFINISHED.sub(b"", bytes(gathered[:limit])))
    read = charsets.read(bytes(gathered), part.charset, html=part.type == "text/html")
    if read.problem is not None:
        note(read.problem)
    return read.text.replace("\r\n", "\n").replace("\r", "\n")
