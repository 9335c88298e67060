"""What a RAR says that it holds is told; nothing of it is opened."""

import struct
import zlib
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mailbridge.model.errors import RefusedError
from mailbridge.model.parcel import LockForm, LockWhy, Parcel
from mailbridge.parcel.rars import headers, mark_of
from tests.unit.parcel.archives import opened, refused

OLD, NEW = b"Rar!\x1a\x07\x00", b"Rar!\x1a\x07\x01\x00"


def old(kind: int, flags: int, rest: bytes = b"", data: bytes = b"") -> bytes:
    body = struct.pack("<BHH", kind, flags, 7 + len(rest)) + rest
    return struct.pack("<H", zlib.crc32(body) & 0xFFFF) + body + data


def old_file(name: bytes, flags: int = 0, mode: int = 0o100644) -> bytes:
    rest = struct.pack("<LLBLLBBHL", 4, 9, 3, 0, 0, 29, 0x33, len(name), mode) + name
    return old(0x74, flags | 0x8000, rest, b"data")


def new(*numbers: int, rest: bytes = b"", data: bytes = b"") -> bytes:
    body = b"".join(vint(number) for number in numbers) + rest
    told = vint(len(body)) + body
    return struct.pack("<L", zlib.crc32(told)) + told + data


def vint(number: int) -> bytes:
    out = bytearray()
    while number > 0x7F:
        out.append(number & 0x7F | 0x80)
        number >>= 7
    return bytes([*out, number])


def new_file(name: bytes, extra: bytes = b"") -> bytes:
    rest = b"".join(map(vint, (0, 300, 0o644, 0, 1, len(name)))) + name + extra
    if extra:
        return new(2, 3, len(extra), 4, rest=rest, data=b"data")
    return new(2, 2, 4, rest=rest, data=b"data")


ENCRYPTED, LINK = vint(2) + vint(1) + b"\0", vint(3) + vint(5) + b"\1\0"


def told(folder: Path, octets: bytes) -> Parcel:
    return opened(folder, octets, "a.rar", words=("mat khau",))


@pytest.mark.parametrize(
    "octets",
    [
        OLD + old(0x73, 0, bytes(6)) + old_file(b"a.pdf") + old_file(b"so\\b.pdf") + old(0x7B, 0),
        NEW + new(1, 0, 0) + new_file(b"a.pdf") + new_file(b"so/b.pdf") + new(5, 0, 0),
    ],
)
def test_names_are_listed_as_unsupported(tmp_path: Path, octets: bytes) -> None:
    parcel = told(tmp_path, octets)
    assert [file.name for file in parcel.files] == ["a.rar", "a.pdf", "b.pdf"]
    assert {reason for _, reason in refused(parcel)} == {"unsupported"}
    assert parcel.locks == ()


@pytest.mark.parametrize(
    "octets",
    [
        OLD + old(0x73, 0x80, bytes(6)) + bytes(40),
        OLD + old(0x73, 0, bytes(6)) + old_file(b"a.pdf", 4),
        NEW + new(4, 0, 0, 0, 15) + bytes(40),
        NEW + new(1, 0, 0) + new_file(b"a.pdf", ENCRYPTED),
    ],
)
def test_a_locked_rar_is_a_lock_that_stays_closed(tmp_path: Path, octets: bytes) -> None:
    (lock,) = told(tmp_path, octets).locks
    assert (lock.form, lock.opened, lock.why) == (LockForm.RAR, False, LockWhy.UNSUPPORTED)


@pytest.mark.parametrize(
    "octets",
    [
        OLD + old(0x73, 0, bytes(6)) + old_file(b"up", mode=0o120777),
        NEW + new(1, 0, 0) + new_file(b"up", LINK),
    ],
)
def test_a_link_is_told(tmp_path: Path, octets: bytes) -> None:
    assert ("1.1", "link") in refused(told(tmp_path, octets))


def test_a_name_that_climbs_is_told(tmp_path: Path) -> None:
    parcel = told(tmp_path, NEW + new(1, 0, 0) + new_file(b"../evil"))
    assert ("1.1", "traversal") in refused(parcel)


def test_a_header_of_another_crc_ends_the_walk() -> None:
    octets = bytearray(NEW + new(1, 0, 0) + new_file(b"a.pdf"))
    octets[-12] ^= 1
    assert list(headers(bytes(octets))) == []


def test_the_mark_is_found_behind_a_program() -> None:
    assert mark_of(bytes(700) + NEW) == 700
    assert mark_of(bytes(700)) == -1


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.binary(max_size=200), st.sampled_from([OLD, NEW]))
def test_any_octets_behind_the_mark_are_unsupported(
    tmp_path: Path, octets: bytes, mark: bytes
) -> None:
    # Nothing of it is ever opened, so that the best that can come is a list of names.
    try:
        parcel = told(tmp_path, mark + octets)
    except RefusedError:
        return
    assert all(file.refused for file in parcel.files)
