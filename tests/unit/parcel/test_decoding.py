"""Streams are decoded in bounded pieces, whatever they grow to."""

import bz2
import gzip
import lzma
from collections.abc import Callable

import pytest

from mailbridge.model.errors import Reason, RefusedError
from mailbridge.parcel import decoding

SIZE = 20 * 1024 * 1024


@pytest.mark.parametrize(
    ("make", "pack"),
    [
        (decoding.gzip, gzip.compress),
        (decoding.bzip2, bz2.compress),
        (decoding.xz, lzma.compress),
    ],
)
def test_a_stream_that_grows_comes_in_pieces(
    make: Callable[[], decoding.Decoder], pack: Callable[[bytes], bytes]
) -> None:
    packed = pack(bytes(SIZE))
    sizes = [len(piece) for piece in decoding.decoded(make, packed, 0, len(packed))]
    assert sum(sizes) == SIZE
    assert max(sizes) <= decoding.PIECE


def test_what_is_no_stream_is_malformed() -> None:
    with pytest.raises(RefusedError) as refusal:
        list(decoding.decoded(decoding.deflate, b"\xff" * 20, 0, 20))
    assert refusal.value.reason is Reason.MALFORMED


def test_a_dictionary_of_gigabytes_is_refused() -> None:
    head = b"\x5d" + (1 << 31).to_bytes(4, "little") + b"\xff" * 8
    with pytest.raises(RefusedError):
        list(decoding.decoded(decoding.lzma_alone, head + bytes(50), 0, 63))


def test_stored_octets_come_in_pieces() -> None:
    assert [len(p) for p in decoding.stored(bytes(decoding.PIECE + 5), 0, decoding.PIECE + 5)] == [
        decoding.PIECE,
        5,
    ]
