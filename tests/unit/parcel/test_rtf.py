"""Compressed RTF is decompressed as [MS-OXRTFCP] shows it."""

import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailbridge.model.errors import RefusedError
from mailbridge.parcel.rtf import decompressed

# The two worked examples of section 3.
SIMPLE = bytes.fromhex(
    "2d0000002b0000004c5a4675f1c5c7a703000a007263706731323542320af32068656c090020627705b06c647d0a"
    "800fa0"
)
CROSSING = bytes.fromhex("1a0000001c0000004c5a4675e2d44b51410004205758595a0d6e7d010eb0")


def test_the_examples_of_the_specification_are_read() -> None:
    assert decompressed(SIMPLE) == b"{\\rtf1\\ansi\\ansicpg1252\\pard hello world}\r\n"
    assert decompressed(CROSSING) == b"{\\rtf1 WXYZWXYZWXYZWXYZWXYZ}"


def test_a_stored_body_is_read() -> None:
    assert decompressed(struct.pack("<LL4sL", 16, 4, b"MELA", 0) + b"text") == b"text"


@pytest.mark.parametrize(
    "octets",
    [b"", SIMPLE[:8] + b"ABCD" + SIMPLE[12:], struct.pack("<LL4sL", 9, 1 << 30, b"LZFu", 0)],
)
def test_what_is_none_is_refused(octets: bytes) -> None:
    with pytest.raises(RefusedError):
        decompressed(octets)


@given(st.binary(max_size=300))
def test_any_octets_give_no_more_than_they_say(octets: bytes) -> None:
    head = struct.pack("<LL4sL", len(octets), 200, b"LZFu", 0)
    try:
        assert len(decompressed(head + octets)) <= 200
    except RefusedError:
        return
