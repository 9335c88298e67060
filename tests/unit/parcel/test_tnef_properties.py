"""Properties are found by their number, and a fault ends the list."""

import struct

from hypothesis import given
from hypothesis import strategies as st

from mailbridge.parcel.tnef_properties import properties


def variable(kind: int, number: int, value: bytes, name: bytes = b"") -> bytes:
    padding = bytes(-len(value) % 4)
    return (
        struct.pack("<HH", kind, number)
        + name
        + struct.pack("<LL", 1, len(value))
        + value
        + padding
    )


def listed(*entries: bytes) -> bytes:
    return struct.pack("<L", len(entries)) + b"".join(entries)


def test_values_are_found_where_they_stand() -> None:
    octets = listed(
        struct.pack("<HHL", 3, 0x3705, 5),
        struct.pack("<HHHxx", 0x0B, 0x0E1B, 1),
        variable(0x1F, 0x3707, "tệp.pdf".encode("utf-16-le")),
    )
    found = properties(octets, 0, len(octets))
    name = found[0x3707]
    assert octets[name.start : name.end].decode("utf-16-le") == "tệp.pdf"
    assert (name.is_unicode, octets[found[0x3705].start]) == (True, 5)


def test_named_properties_are_gone_over() -> None:
    by_number = bytes(16) + struct.pack("<LL", 0, 7)
    by_text = bytes(16) + struct.pack("<LL", 1, 6) + b"a\0b\0\0\0" + bytes(2)
    octets = listed(
        variable(0x1E, 0x8001, b"x", by_number),
        variable(0x1E, 0x8002, b"y", by_text),
        variable(0x1E, 0x3704, b"a.pdf\0"),
    )
    assert 0x3704 in properties(octets, 0, len(octets))


def test_several_values_count_as_their_first() -> None:
    octets = listed(
        struct.pack("<HHL", 0x1003, 0x1234, 3) + bytes(12),
        struct.pack("<HHL", 0x101E, 0x1235, 2) + struct.pack("<L4sL4s", 2, b"ab", 1, b"c"),
        struct.pack("<HHL", 3, 0x3705, 1),
    )
    assert {0x1234, 0x1235, 0x3705} <= properties(octets, 0, len(octets)).keys()


def test_what_stands_before_a_fault_is_kept() -> None:
    octets = listed(struct.pack("<HHL", 3, 0x3705, 1), struct.pack("<HHLL", 0x1E, 1, 1, 1 << 31))
    assert list(properties(octets, 0, len(octets))) == [0x3705]


@given(st.binary(max_size=200))
def test_any_octets_are_a_list(octets: bytes) -> None:
    for value in properties(octets, 0, len(octets)).values():
        assert 0 <= value.start <= value.end <= len(octets)
