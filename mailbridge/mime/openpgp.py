"""OpenPGP data as it is laid out: armour and packets. Pure; nothing is decrypted or verified."""

import binascii
import re
from collections.abc import Iterator
from dataclasses import dataclass

from mailbridge.model.errors import Reason, RefusedError

# RFC 9580 §6.2: the line that begins a block; white space at its end is met.
_BEGIN = re.compile(rb"^-----BEGIN PGP ([A-Z][A-Z0-9/, ]{0,40})-----[ \t]*\r?$", re.MULTILINE)
_NOT_BASE64 = bytes(set(range(256)) - set(binascii.b2a_base64(bytes(range(256)))) - set(b"+/=-"))
SIGNED = "SIGNED MESSAGE"
SIGNATURE = "SIGNATURE"
MESSAGE = "MESSAGE"
# RFC 9580 §5: the packets that matter here.
PUBLIC_ESK, SIGNATURE_TAG, SYMMETRIC_ESK, ONE_PASS, COMPRESSED = 1, 2, 3, 4, 8
NO_MDC, LITERAL, MDC, AEAD = 9, 11, 18, 20
_PUBLIC_KEY, _PUBLIC_SUBKEY, _USER_ID, _ATTRIBUTE = 6, 14, 13, 17
_SECRET = {5, 7}
_OF_KEYS = {_PUBLIC_KEY, _PUBLIC_SUBKEY, _USER_ID, _ATTRIBUTE, SIGNATURE_TAG}
# The kinds of length: where those of the new format begin, and the last one of the old.
_TWO_OCTETS, _PARTIAL, _FIVE_OCTETS, _TO_THE_END = 192, 224, 255, 3
# A file of a million empty packets.
_PACKETS = 20_000


@dataclass(frozen=True, slots=True)
class Block:
    """One armoured block: what its first line calls it, and where it lies with all its lines."""

    label: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Packet:
    """One packet: its tag, where its header starts and its body lies."""

    tag: int
    start: int
    body: int
    end: int


def blocks(octets: bytes) -> Iterator[Block]:
    """Find the armoured blocks; a block without its last line is none."""
    at = 0
    while (found := _BEGIN.search(octets, at)) is not None:
        label = found[1].decode("ascii")
        # RFC 9580 §7: cleartext ends where its signature does.
        last = SIGNATURE if label == SIGNED else label
        tail = re.compile(rb"^-----END PGP %s-----[ \t]*\r?(\n|\Z)" % last.encode(), re.MULTILINE)
        end = tail.search(octets, found.end())
        if end is None:
            return
        yield Block(label, found.start(), end.end())
        at = end.end()


def label(octets: bytes) -> str:
    """Give what the first line calls a block that stands at the beginning; empty if none does."""
    found = _BEGIN.match(octets)
    return found[1].decode("ascii") if found else ""


def binary(octets: bytes) -> bytes:
    """Give the packets of binary or armoured data; raises RefusedError where it is neither."""
    if octets[:1] and octets[0] & 0x80:
        return octets
    first = next((each for each in blocks(octets) if each.label != SIGNED), None)
    if first is None:
        raise RefusedError(Reason.MALFORMED, "neither OpenPGP packets nor armour")
    return dearmoured(octets[first.start : first.end])


def dearmoured(block: bytes) -> bytes:
    """Decode one block (RFC 9580 §6.2): header lines, an empty line, base64, perhaps a CRC."""
    lines = block.replace(b"\r\n", b"\n").split(b"\n")[1:]
    gap = next((at for at, line in enumerate(lines) if not line.strip()), None)
    if gap is None:
        raise RefusedError(Reason.MALFORMED, "armour without an empty line")
    body: list[bytes] = []
    for line in lines[gap + 1 :]:
        # RFC 9580 §6.1: the checksum may be ignored, and has a line of its own.
        if line.startswith((b"=", b"-----END")):
            break
        body.append(line.translate(None, _NOT_BASE64))
    try:
        return binascii.a2b_base64(b"".join(body))
    except binascii.Error as error:
        raise RefusedError(Reason.MALFORMED, "armour that is no base64") from error


def packets(octets: bytes) -> Iterator[Packet]:
    """Walk over the packets (RFC 9580 §4.2); raises RefusedError where they are cut or too many."""
    at = 0
    for _ in range(_PACKETS):
        if at >= len(octets):
            return
        packet = _packet(octets, at)
        yield packet
        at = packet.end
    raise RefusedError(Reason.TOO_MANY, "too many OpenPGP packets")


def _packet(octets: bytes, at: int) -> Packet:
    first = octets[at]
    if not first & 0x80:
        raise RefusedError(Reason.MALFORMED, "no OpenPGP packet")
    try:
        if first & 0x40:
            tag, (body, end) = first & 0x3F, _new_length(octets, at + 1)
        else:
            tag, (body, end) = (first >> 2) & 0x0F, _old_length(octets, at + 1, first & 3)
    except IndexError as error:
        raise RefusedError(Reason.MALFORMED, "an OpenPGP packet without its length") from error
    if end > len(octets):
        raise RefusedError(Reason.MALFORMED, "an OpenPGP packet that is cut")
    return Packet(tag, at, body, end)


def _old_length(octets: bytes, at: int, kind: int) -> tuple[int, int]:
    """Read a length of the old format (RFC 9580 §4.2.2); the last kind lasts to the end."""
    if kind == _TO_THE_END:
        return at, len(octets)
    size = 1 << kind
    _ = octets[at + size - 1]
    body = at + size
    return body, body + int.from_bytes(octets[at:body], "big")


def _new_length(octets: bytes, at: int) -> tuple[int, int]:
    """Read a length of the new format, partial ones piece by piece (RFC 9580 §4.2.1)."""
    body: int | None = None
    while True:
        length, after, is_last = _one_length(octets, at)
        body = after if body is None else body
        if is_last:
            return body, after + length
        at = after + length


def _one_length(octets: bytes, at: int) -> tuple[int, int, bool]:
    first = octets[at]
    if first < _TWO_OCTETS:
        return first, at + 1, True
    if first < _PARTIAL:
        return ((first - _TWO_OCTETS) << 8) + octets[at + 1] + _TWO_OCTETS, at + 2, True
    if first < _FIVE_OCTETS:
        return 1 << (first & 0x1F), at + 1, False
    _ = octets[at + 4]
    return int.from_bytes(octets[at + 1 : at + 5], "big"), at + 5, True


def public_keys(octets: bytes) -> bytes:
    """Give the public keys in a file, binary: no secret ones, and nothing that is no part of a key.

    gpg reads notes of its own among the packets of a keyring, such as "this signature was
    verified": whoever made the file could have written them.
    """
    kept: list[bytes] = []
    is_public = False
    for block in _key_blocks(octets):
        for packet in packets(block):
            if packet.tag == _PUBLIC_KEY or packet.tag in _SECRET:
                is_public = packet.tag == _PUBLIC_KEY
            if is_public and packet.tag in _OF_KEYS:
                kept.append(block[packet.start : packet.end])
    return b"".join(kept)


def _key_blocks(octets: bytes) -> Iterator[bytes]:
    if octets[:1] and octets[0] & 0x80:
        yield octets
        return
    for block in blocks(octets):
        if block.label.startswith("PUBLIC KEY"):
            yield dearmoured(octets[block.start : block.end])
