"""Compressed octets decoded piece by piece: memory is bounded whatever the stream says."""

import bz2
import lzma
import zlib
from collections.abc import Callable, Generator, Iterator
from typing import Protocol

from mailbridge.mime.parse import Octets
from mailbridge.model.errors import Reason, RefusedError
from mailbridge.parcel.container import foreign

PIECE = 256 * 1024
_FEED = 64 * 1024
# A dictionary of gigabytes, asked for by a stream of a hundred octets.
_MEMORY = 128 * 1024 * 1024


class Decoder(Protocol):
    """What zlib, bz2 and lzma have in common."""

    @property
    def eof(self) -> bool:
        """The stream ended."""

    @property
    def unused_data(self) -> bytes:
        """What was fed behind its end."""

    def decompress(self, data: bytes, max_length: int, /) -> bytes:
        """Decode, and give no more than so many octets."""


def gzip() -> Decoder:
    """Decode one member of a gzip file (RFC 1952 §2.2)."""
    return zlib.decompressobj(zlib.MAX_WBITS | 16)


def deflate() -> Decoder:
    """Decode a raw DEFLATE stream (RFC 1951 §3)."""
    return zlib.decompressobj(-zlib.MAX_WBITS)


def bzip2() -> Decoder:
    """Decode one bzip2 stream."""
    return bz2.BZ2Decompressor()


def xz() -> Decoder:
    """Decode one xz stream."""
    return lzma.LZMADecompressor(lzma.FORMAT_XZ, memlimit=_MEMORY)


def lzma_alone() -> Decoder:
    """Decode an LZMA stream behind its old header of 13 octets."""
    return lzma.LZMADecompressor(lzma.FORMAT_ALONE, memlimit=_MEMORY)


def stored(octets: Octets, start: int, end: int) -> Iterator[bytes]:
    """Give octets that are not compressed."""
    for at in range(start, end, PIECE):
        yield bytes(octets[at : min(at + PIECE, end)])


def decoded(
    make: Callable[[], Decoder], octets: Octets, start: int, end: int
) -> Generator[bytes, None, int]:
    """Give what one stream decodes to, and return where it ended; raises RefusedError."""
    decoder = make()
    at = start
    while not decoder.eof:
        if at >= end:
            raise RefusedError(Reason.MALFORMED, "a compressed stream that is cut")
        data = bytes(octets[at : min(at + _FEED, end)])
        at += len(data)
        yield from _drained(decoder, data)
    return at - len(decoder.unused_data)


def _drained(decoder: Decoder, data: bytes) -> Iterator[bytes]:
    """Give all that these octets decode to, in pieces."""
    while True:
        with foreign("a compressed stream"):
            piece = decoder.decompress(data, PIECE)
        if piece:
            yield piece
        # zlib gives back what it did not take; bz2 and lzma keep it and ask for more when done.
        data = getattr(decoder, "unconsumed_tail", b"")
        is_done = getattr(decoder, "needs_input", not data and len(piece) < PIECE)
        if decoder.eof or is_done:
            return
