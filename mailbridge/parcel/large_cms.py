"""A large SignedData, opened in constant memory: its content is found and copied, never parsed.

What is verified are the octets of the content where they lie, against the rest of the CMS.
"""

import mmap
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from mailbridge.mime import parse
from mailbridge.model.parcel import SealClaim, SealForm
from mailbridge.parcel import protected
from mailbridge.parcel.cms import is_entity
from mailbridge.parcel.place import Place, Raw
from mailbridge.parcel.unpacking import Unpacking

# From this size on a part is worth it.
SIZE = 1024 * 1024
_PIECE = 1024 * 1024
# Certificates, lists and signatures around a content are some kilobytes.
_REST = 4 * 1024 * 1024
_SEQUENCE, _EXPLICIT, _OCTETS, _OBJECT = 0x30, 0xA0, 0x04, 0x06
# DER of 1.2.840.113549.1.7.2 (RFC 5652 §5.1).
_SIGNED_DATA = bytes.fromhex("06092a864886f70d010702")
_LONG = 0x80
# Tag and first octet of the length; a length of more octets than eight is no length.
_SHORT_HEADER, _WIDEST = 2, 8
_HEADER = _SHORT_HEADER + _WIDEST


class _OtherShapeError(Exception):
    """It is no plain DER of a SignedData with octets inside: it must be read whole."""


@dataclass(frozen=True, slots=True)
class _Value:
    """One TLV: its tag, where its value lies, and where it ends."""

    tag: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Split:
    """The SignedData as if its content were detached, and where the content lies in the file."""

    detached: bytes
    start: int
    end: int


def opened(work: Unpacking, stored: str, place: Place) -> bool:
    """Open the signed mail in that scratch file; False where it is of another shape or content."""
    with (work.scratch / stored).open("rb") as file:
        split = split_content(file)
        if split is None or not is_entity(_at(file, split.start, _PIECE)):
            return False
        content = work.write(_pieces(file, split))
    path = work.scratch / content.stored
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as octets:
        claim = _claim(work, place, split, (path, octets))
        with work.beneath(claim):
            # The octets lie where a seal inside can name them.
            work.read_entity(Raw(octets, path), place)
    return True


def _claim(
    work: Unpacking, place: Place, split: Split, content: tuple[Path, mmap.mmap]
) -> SealClaim:
    path, octets = content
    root = parse.parse(octets, work.limits).root
    return SealClaim(
        form=SealForm.SMIME,
        path=place.path,
        signature=work.write([split.detached]).stored,
        signed=path.name,
        end=len(octets),
        whole=place.whole,
        on_file=place.on_file,
        mic=protected.mic_of(octets),
        protected=protected.fields_of(octets, root, work.limits),
        shows=protected.is_marked(octets, root, work.limits),
        unlocked_by=place.unlocked_by,
    )


def split_content(file: BinaryIO) -> Split | None:
    """Find the content of a SignedData in a file; None where it is not of the plain shape."""
    try:
        return _split(file, file.seek(0, os.SEEK_END))
    except _OtherShapeError:
        return None


def _split(file: BinaryIO, size: int) -> Split:
    """Walk down RFC 5652 §3, §5.1, §5.2: ContentInfo, SignedData, EncapsulatedContentInfo."""
    info = _value(file, 0, size, _SEQUENCE)
    if _at(file, info.start, len(_SIGNED_DATA)) != _SIGNED_DATA:
        raise _OtherShapeError
    explicit = _value(file, info.start + len(_SIGNED_DATA), info.end, _EXPLICIT)
    data = _value(file, explicit.start, explicit.end, _SEQUENCE)
    version = _value(file, data.start, data.end)
    digests = _value(file, version.end, data.end)
    encapsulated = _value(file, digests.end, data.end, _SEQUENCE)
    kind = _value(file, encapsulated.start, encapsulated.end, _OBJECT)
    wrapped = _value(file, kind.end, encapsulated.end, _EXPLICIT)
    octets = _value(file, wrapped.start, wrapped.end, _OCTETS)
    if (octets.end, wrapped.end) != (wrapped.end, encapsulated.end) or explicit.end != info.end:
        raise _OtherShapeError
    if data.end - encapsulated.end > _REST:
        raise _OtherShapeError
    head = _at(file, data.start, digests.end - data.start)
    type_ = _at(file, encapsulated.start, kind.end - encapsulated.start)
    rest = _at(file, encapsulated.end, data.end - encapsulated.end)
    signed = _tlv(_SEQUENCE, head + _tlv(_SEQUENCE, type_) + rest)
    whole = _tlv(_SEQUENCE, _SIGNED_DATA + _tlv(_EXPLICIT, signed))
    return Split(whole, octets.start, octets.end)


def _value(file: BinaryIO, at: int, end: int, tag: int | None = None) -> _Value:
    """Read the header of the TLV there; it must lie within `end` (X.690 §8.1, §10.1)."""
    header = _at(file, at, _HEADER)
    if len(header) < _SHORT_HEADER or (tag is not None and header[0] != tag):
        raise _OtherShapeError
    length, width = header[1], 0
    if length >= _LONG:
        width = length - _LONG
        # Without a length of its own (BER) it must be read to its end.
        if not 1 <= width <= _WIDEST or len(header) < _SHORT_HEADER + width:
            raise _OtherShapeError
        length = int.from_bytes(header[_SHORT_HEADER : _SHORT_HEADER + width], "big")
    start = at + _SHORT_HEADER + width
    if start + length > end:
        raise _OtherShapeError
    return _Value(header[0], start, start + length)


def _tlv(tag: int, value: bytes) -> bytes:
    length = len(value)
    if length < _LONG:
        return bytes([tag, length]) + value
    written = length.to_bytes((length.bit_length() + 7) // 8, "big")
    return bytes([tag, _LONG + len(written)]) + written + value


def _at(file: BinaryIO, start: int, size: int) -> bytes:
    file.seek(start)
    return file.read(size)


def _pieces(file: BinaryIO, split: Split) -> Iterator[bytes]:
    for at in range(split.start, split.end, _PIECE):
        yield _at(file, at, min(_PIECE, split.end - at))
