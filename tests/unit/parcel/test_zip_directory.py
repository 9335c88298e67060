"""A ZIP that contradicts itself is not believed."""

import struct

import pytest

from mailbridge.model.errors import Reason, RefusedError
from mailbridge.parcel.zip_directory import has_directory, read
from tests.unit.parcel.archives import Piece, zip_of

GOOD = zip_of(Piece(b"a"), Piece(b"b"))


def refusal(octets: bytes) -> Reason:
    with pytest.raises(RefusedError) as raised:
        read(octets, 100)
    return raised.value.reason


def with_record64(
    octets: bytes, *, total: int = 2, disks: int = 1, full: bool = True, gap: int = 0
) -> bytes:
    end = octets[-22:]
    *_, size, offset, _ = struct.unpack("<4H2LH", end[4:])
    at = len(octets) - 22
    record = b"PK\x06\x06" + struct.pack("<Q2H2L4Q", 44, 45, 45, 0, 0, total, total, size, offset)
    locator = b"PK\x06\x07" + struct.pack("<LQL", 0, at + gap, disks)
    if full:
        end = b"PK\x05\x06" + struct.pack("<4H2LH", 0, 0, 0xFFFF, 0xFFFF, size, 0xFFFFFFFF, 0)
    return octets[:-22] + record + locator + end


def test_the_entries_come_in_their_order() -> None:
    assert [entry.name for entry in read(GOOD, 100).entries] == ["a", "b"]


@pytest.mark.parametrize("full", [True, False])
def test_a_zip64_record_is_read_where_it_agrees(full: bool) -> None:
    assert len(read(with_record64(GOOD, full=full), 100).entries) == 2


@pytest.mark.parametrize(
    "octets",
    [
        GOOD[:-22],
        GOOD[:-30] + GOOD[-22:],
        with_record64(GOOD, total=1, full=False),
        with_record64(GOOD, total=3),
        with_record64(GOOD, gap=3),
        GOOD[:-22] + b"PK\x05\x06" + struct.pack("<4H2LH", 0, 0, 2, 2, 0xFFFFFFFF, 0, 0),
        zip_of(Piece(), end={"here": 2, "total": 2}),
        zip_of(Piece(), Piece(b"b"), end={"here": 1, "total": 1}),
        zip_of(Piece(), end={"size": 10}),
        zip_of(Piece(), end={"offset": 4000}),
        zip_of(Piece(), end={"comment": 22}) + zip_of(),
    ],
    ids=range(11),
)
def test_a_directory_that_contradicts_itself_is_malformed(octets: bytes) -> None:
    assert refusal(octets) is Reason.MALFORMED


@pytest.mark.parametrize("octets", [with_record64(GOOD, disks=2), zip_of(end={"disk": 1})])
def test_one_volume_of_several_is_unsupported(octets: bytes) -> None:
    assert refusal(octets) is Reason.UNSUPPORTED


def test_a_hundred_thousand_entries_are_too_many() -> None:
    assert refusal(zip_of(end={"here": 60_000, "total": 60_000})) is Reason.TOO_MANY


def test_an_archive_is_known_by_its_end() -> None:
    assert has_directory(b"junk" + GOOD)
    assert not has_directory(b"junk")
    assert not has_directory(b"PK\x05\x06 is how the end of a ZIP begins")
