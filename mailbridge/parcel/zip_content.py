"""The content of one entry of a ZIP, decompressed by the methods that have a kept library."""

import zlib
from collections.abc import Callable, Iterator

from mailbridge.mime.parse import Octets
from mailbridge.model.errors import Reason, RefusedError
from mailbridge.parcel import decoding
from mailbridge.parcel.zip_entry import Entry

_STORED, _DEFLATE, _BZIP2, _LZMA, _XZ = 0, 8, 12, 14, 95
METHODS = {_STORED, _DEFLATE, _BZIP2, _LZMA, _XZ}
_AE_2 = 2


def checked(octets: Octets, entry: Entry, start: int, end: int) -> Iterator[bytes]:
    """Give the content of an entry from its compressed octets; RefusedError at a wrong CRC."""
    crc = 0
    for piece in _pieces(octets, entry, start, end):
        crc = zlib.crc32(piece, crc)
        yield piece
    # AE-2 of WinZip leaves the CRC out, since its own code proves more.
    if crc != entry.crc and not (entry.aes and entry.aes[0] == _AE_2):
        raise RefusedError(Reason.MALFORMED, "a wrong CRC")


_DECODERS: dict[int, Callable[[], decoding.Decoder]] = {
    _DEFLATE: decoding.deflate,
    _BZIP2: decoding.bzip2,
    _XZ: decoding.xz,
}


def _pieces(octets: Octets, entry: Entry, start: int, end: int) -> Iterator[bytes]:
    if entry.method == _STORED:
        yield from decoding.stored(octets, start, end)
        return
    if entry.method == _LZMA:
        # 5.8.8: version, length of the properties, properties; the old header adds the size.
        properties = bytes(octets[start + 4 : start + 9])
        head = properties + entry.size.to_bytes(8, "little")
        reached = yield from decoding.decoded(
            decoding.lzma_alone, head + bytes(octets[start + 9 : end]), 0, end - start + 4
        )
        reached += start - 4
    elif entry.method in _DECODERS:
        reached = yield from decoding.decoded(_DECODERS[entry.method], octets, start, end)
    else:
        raise RefusedError(Reason.UNSUPPORTED, f"compression method {entry.method}")
    if reached != end:
        raise RefusedError(Reason.MALFORMED, "octets behind the compressed stream")
