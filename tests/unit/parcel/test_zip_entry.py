"""Names of entries are decoded as their programs meant them."""

import struct
import zlib

import pytest

from mailbridge.model.errors import Reason
from mailbridge.parcel.zip_directory import read
from mailbridge.parcel.zip_entry import Entry
from tests.unit.parcel.archives import Piece, zip_of

NAME = "Công văn.pdf"


def entry(piece: Piece) -> Entry:
    (made,) = read(zip_of(piece), 10).entries
    return made


def path_field(raw: bytes, name: str, *, crc: int = 0) -> bytes:
    content = b"\x01" + struct.pack("<L", zlib.crc32(raw) ^ crc) + name.encode()
    return struct.pack("<HH", 0x7075, len(content)) + content


@pytest.mark.parametrize(
    ("piece", "name"),
    [
        (Piece(NAME.encode(), flags=1 << 11), NAME),
        (Piece(NAME.encode()), NAME),
        (Piece(b"C\xf4ng v\xe3n.pdf"), "Công văn.pdf"),
        (Piece(b"C?ng.pdf", extra=path_field(b"C?ng.pdf", NAME)), NAME),
        (Piece(b"other.pdf", extra=path_field(b"other.pdf", NAME, crc=1)), "other.pdf"),
        (Piece(b"\xff\xfe.pdf", flags=1 << 11), "\ufffd\ufffd.pdf"),
    ],
)
def test_a_name_is_decoded(piece: Piece, name: str) -> None:
    assert entry(piece).name == name


def test_a_name_of_the_extra_field_may_not_climb_unseen() -> None:
    made = entry(Piece(b"a", extra=path_field(b"a", "../evil")))
    assert made.name == "../evil"


def test_sizes_beyond_four_gigabytes_are_read() -> None:
    wide = struct.pack("<HHQ", 1, 8, 1 << 40)
    assert entry(Piece(size=0xFFFFFFFF, extra=wide)).size == 1 << 40


def test_a_zip64_field_that_is_cut_is_a_fault() -> None:
    made = entry(Piece(size=0xFFFFFFFF, extra=struct.pack("<HHL", 1, 4, 7)))
    assert made.reason is Reason.MALFORMED


def test_the_strong_encryption_of_pkware_is_known() -> None:
    assert entry(Piece(flags=0x41)).is_strong
