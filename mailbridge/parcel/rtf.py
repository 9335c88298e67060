"""Compressed RTF, the body of Outlook's messages ([MS-OXRTFCP])."""

import struct

from mailbridge.model.errors import Reason, RefusedError

# [MS-OXRTFCP] 2.1.3.1.1: what the dictionary holds at the beginning.
_DICTIONARY = (
    b"{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss "
    b"\\fmodern \\fscript \\fdecor MS Sans SerifSymbolArialTimes New RomanCourier"
    b"{\\colortbl\\red0\\green0\\blue0\r\n\\par \\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx"
)
_WINDOW = 4096
_COMPRESSED, _STORED = b"LZFu", b"MELA"
_HEAD = 16
# A reference of two octets gives at most seventeen: what says more lies.
_GROWTH = 9


def decompressed(octets: bytes) -> bytes:
    """Decompress; raises RefusedError where it is no such stream."""
    if len(octets) < _HEAD:
        raise RefusedError(Reason.MALFORMED, "a compressed RTF that is cut")
    _, size, kind, _ = struct.unpack("<LL4sL", octets[:_HEAD])
    if kind == _STORED:
        return octets[_HEAD : _HEAD + size]
    if kind != _COMPRESSED or size > len(octets) * _GROWTH:
        raise RefusedError(Reason.MALFORMED, "a compressed RTF of an unknown kind")
    return _unpacked(octets, size)


def _unpacked(octets: bytes, size: int) -> bytes:
    out = bytearray(_DICTIONARY)
    start, at = len(_DICTIONARY), _HEAD
    while at < len(octets) and len(out) - start < size:
        flags, at = octets[at], at + 1
        for bit in range(8):
            if not flags >> bit & 1:
                out += octets[at : at + 1]
                at += 1
                continue
            reference = int.from_bytes(octets[at : at + 2], "big")
            at += 2
            place, length = reference >> 4, (reference & 0xF) + 2
            # A reference to where the next octet would be written is the end.
            back = (len(out) - place) % _WINDOW
            if back == 0 or at > len(octets):
                return bytes(out[start : start + size])
            _copy(out, back, length)
    return bytes(out[start : start + size])


def _copy(out: bytearray, back: int, length: int) -> None:
    if back > len(out):
        raise RefusedError(Reason.MALFORMED, "a reference before the beginning")
    for _ in range(length):
        out.append(out[-back])
