"""A 7z is opened member by member, with a password where it needs one."""

import io
import zlib
from pathlib import Path
from typing import Any

import py7zr
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mailbridge.model.errors import Reason, RefusedError
from mailbridge.model.limits import Limits
from mailbridge.model.parcel import LockForm, LockWhy
from tests.unit.parcel.archives import PDF, members, opened, refused

MIB = 1024 * 1024
MEMBERS = {"so/a.pdf": PDF, "b.txt": b"xin chao " * 50, "empty": b""}
WORD = "mật khẩu"


def seven_zip(content: dict[str, bytes] | None = None, **options: Any) -> bytes:
    out = io.BytesIO()
    with py7zr.SevenZipFile(out, "w", **options) as archive:
        for name, octets in (content or MEMBERS).items():
            archive.writestr(octets, name)
    return out.getvalue()


def renamed(octets: bytes, old: str, new: str) -> bytes:
    """Give a member a name that the library itself would not write."""
    out = io.BytesIO()
    with py7zr.SevenZipFile(out, "w") as archive:
        archive.set_encoded_header_mode(mode=False)
        archive.writestr(octets, old)
    made = out.getvalue()
    plain, hostile = (name.encode("utf-16-le") for name in (old, new))
    at = int.from_bytes(made[12:20], "little") + 32
    header = made[at:].replace(plain, hostile)
    crc = zlib.crc32
    start = made[12:28] + crc(header).to_bytes(4, "little")
    return made[:8] + crc(start).to_bytes(4, "little") + start + made[32:at] + header


def test_each_member_is_listed_beneath_its_archive(tmp_path: Path) -> None:
    files = members(opened(tmp_path, seven_zip()))
    assert {file.name_sent: file.size for file in files} == {
        name: len(octets) for name, octets in MEMBERS.items()
    }
    assert [file.refused for file in files] == [None] * 3


@pytest.mark.parametrize("header", [False, True])
def test_a_password_opens_it_and_its_members_name_the_lock(tmp_path: Path, header: bool) -> None:
    octets = seven_zip(password=WORD, header_encryption=header)
    parcel = opened(tmp_path, octets, words=("sai", WORD))
    (lock,) = parcel.locks
    assert (lock.form, lock.opened) == (LockForm.SEVEN_ZIP, True)
    assert [file.unlocked_by for file in members(parcel)] == [(0,)] * 3


@pytest.mark.parametrize(
    ("words", "why"), [((), LockWhy.NEEDS_WORD), (("sai",), LockWhy.WRONG_WORD)]
)
def test_a_closed_archive_lists_its_names(
    tmp_path: Path, words: tuple[str, ...], why: LockWhy
) -> None:
    parcel = opened(tmp_path, seven_zip(password=WORD), words=words)
    assert [(lock.opened, lock.why) for lock in parcel.locks] == [(False, why)]
    assert [reason for _, reason in refused(parcel)] == ["encrypted"] * 3


def test_a_closed_directory_is_encrypted_and_not_malformed(tmp_path: Path) -> None:
    parcel = opened(tmp_path, seven_zip(password=WORD, header_encryption=True))
    assert refused(parcel) == [("1", "encrypted")]
    assert [lock.why for lock in parcel.locks] == [LockWhy.NEEDS_WORD]


@pytest.mark.parametrize("name", ["../evil.txt", "/etc/passwd", "C:/evil.txt"])
def test_a_name_that_climbs_is_refused(tmp_path: Path, name: str) -> None:
    octets = renamed(b"evil", "a" * len(name), name)
    assert refused(opened(tmp_path, octets)) == [("1.1", "traversal")]


def test_a_bomb_is_refused_by_its_size(tmp_path: Path) -> None:
    octets = seven_zip({"a": bytes(3 * MIB), "b.txt": b"good"})
    parcel = opened(tmp_path, octets, limits=Limits(bomb_growth=2 * MIB))
    assert refused(parcel) == [("1.1", "bomb")]


def test_a_bomb_under_a_lock_is_refused(tmp_path: Path) -> None:
    octets = seven_zip({"a": bytes(30 * MIB), "b.txt": b"good"}, password=WORD)
    parcel = opened(tmp_path, octets, words=(WORD,), limits=Limits(bomb_growth=2 * MIB))
    assert refused(parcel) == [("1.1", "bomb")]
    assert [lock.opened for lock in parcel.locks] == [True]


def test_a_damaged_member_is_malformed(tmp_path: Path) -> None:
    octets = bytearray(seven_zip({"a": PDF}, filters=[{"id": py7zr.FILTER_COPY}]))
    octets[32 + 3] ^= 1
    assert refused(opened(tmp_path, bytes(octets))) == [("1.1", "malformed")]


def test_a_directory_that_is_cut_is_malformed(tmp_path: Path) -> None:
    with pytest.raises(RefusedError) as refusal:
        opened(tmp_path, seven_zip()[:-5])
    assert refusal.value.reason is Reason.MALFORMED


# Its times differ from one making to the next, which a search cannot have.
PLAIN = seven_zip()


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(data=st.data())
def test_no_mutated_7z_raises_anything_but_a_refusal(tmp_path: Path, data: st.DataObject) -> None:
    octets = bytearray(PLAIN)
    for _ in range(data.draw(st.integers(1, 4))):
        octets[data.draw(st.integers(6, len(octets) - 1))] = data.draw(st.integers(0, 255))
    try:
        opened(tmp_path, bytes(octets))
    except RefusedError:
        return
