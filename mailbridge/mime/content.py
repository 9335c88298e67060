"""Bodies decoded piece by piece: a mail of any size costs a megabyte of memory."""

import binascii
import string
from collections.abc import Iterator

from mailbridge.mime.parse import Octets
from mailbridge.mime.words import as_text
from mailbridge.model.message import Part

PIECE = 1024 * 1024
_LETTERS = (string.ascii_letters + string.digits + "+/=").encode()
_NOT_BASE64 = bytes(set(range(256)) - set(_LETTERS))


def chunks(octets: Octets, part: Part) -> Iterator[bytes]:
    """Give the decoded octets of a leaf part (RFC 2045 §6), tolerantly."""
    if part.encoding == "base64":
        yield from _base64(octets, part)
    elif part.encoding == "quoted-printable":
        yield binascii.a2b_qp(octets[part.body : part.end])
    else:
        for start in range(part.body, part.end, PIECE):
            yield bytes(octets[start : min(start + PIECE, part.end)])


def _base64(octets: Octets, part: Part) -> Iterator[bytes]:
    rest = b""
    for start in range(part.body, part.end, PIECE):
        piece = bytes(octets[start : min(start + PIECE, part.end)])
        letters = rest + piece.translate(None, _NOT_BASE64)
        # RFC 2045 §6.8: padding ends the data; what follows it is not part of it.
        end = letters.find(b"=")
        if end != -1:
            yield _four(letters[:end])
            return
        whole = len(letters) - len(letters) % 4
        yield binascii.a2b_base64(letters[:whole])
        rest = letters[whole:]
    yield _four(rest)


def _four(letters: bytes) -> bytes:
    """Decode letters without their padding; a single letter left over holds no octet."""
    if len(letters) % 4 == 1:
        letters = letters[:-1]
    return binascii.a2b_base64(letters + b"=" * (-len(letters) % 4))


def text(octets: Octets, part: Part, limit: int) -> str:
    """Give a text part as NFC text, cut at the limit."""
    gathered = bytearray()
    for chunk in chunks(octets, part):
        gathered += chunk
        if len(gathered) >= limit:
            break
    return as_text(bytes(gathered[:limit]), part.charset).replace("\r\n", "\n")
