"""Encrypted entries are opened with a password, and are otherwise a lock that says why."""

import io
import zlib
from pathlib import Path

import pytest
import pyzipper

from mailbridge.model.limits import Limits
from mailbridge.model.parcel import LockForm, LockWhy
from tests.unit.parcel.archives import PDF, Piece, members, opened, refused, zip_of


def aes_zip(*names: str, word: bytes = b"mat khau", bits: int = 256, content: bytes = PDF) -> bytes:
    out = io.BytesIO()
    with pyzipper.AESZipFile(out, "w", pyzipper.ZIP_DEFLATED) as archive:
        archive.setpassword(word)
        archive.setencryption(pyzipper.WZ_AES, nbits=bits)
        for name in names:
            archive.writestr(name, content)
    return out.getvalue()


def zipcrypto(data: bytes, word: bytes, check: int) -> bytes:
    """Encrypt by APPNOTE.TXT 6.1."""

    def crc(value: int, octet: int) -> int:
        value ^= octet
        for _ in range(8):
            value = (value >> 1) ^ (0xEDB88320 if value & 1 else 0)
        return value

    keys = [0x12345678, 0x23456789, 0x34567890]

    def step(octet: int) -> None:
        keys[0] = keys[0] >> 8 ^ crc(keys[0] & 0xFF ^ octet, 0)
        keys[1] = ((keys[1] + (keys[0] & 0xFF)) * 134775813 + 1) & 0xFFFFFFFF
        keys[2] = keys[2] >> 8 ^ crc(keys[2] & 0xFF ^ keys[1] >> 24, 0)

    for octet in word:
        step(octet)
    out = bytearray()
    for octet in bytes(11) + bytes([check]) + data:
        word2 = keys[2] | 2
        out.append(octet ^ (word2 * (word2 ^ 1) >> 8 & 0xFF))
        step(octet)
    return bytes(out)


def old_zip(word: bytes = b"mat khau") -> bytes:
    crc = zlib.crc32(PDF)
    packed = zipcrypto(PDF, word, crc >> 24)
    return zip_of(Piece(b"a.pdf", PDF, method=0, flags=1, packed=packed), Piece(b"b.txt"))


@pytest.mark.parametrize("bits", [128, 256])
def test_aes_is_opened_with_the_password(tmp_path: Path, bits: int) -> None:
    parcel = opened(tmp_path, aes_zip("a.pdf", "b.pdf", bits=bits), words=("no", "mat khau"))
    (lock,) = parcel.locks
    assert (lock.form, lock.opened, lock.cipher) == (LockForm.ZIP, True, f"aes{bits}_ctr")
    assert [(f.type, f.unlocked_by) for f in members(parcel)] == [("application/pdf", (0,))] * 2


def test_the_old_cipher_is_opened_with_the_password(tmp_path: Path) -> None:
    parcel = opened(tmp_path, old_zip(), words=("mat khau",))
    (lock,) = parcel.locks
    assert (lock.opened, lock.cipher) == (True, "zipcrypto")
    assert [f.unlocked_by for f in members(parcel)] == [(0,), ()]
    assert refused(parcel) == []


@pytest.mark.parametrize("octets", [aes_zip("a.pdf"), old_zip()])
@pytest.mark.parametrize(
    ("words", "why"), [((), LockWhy.NEEDS_WORD), (("x", "y"), LockWhy.WRONG_WORD)]
)
def test_a_lock_that_stays_closed_says_why(
    tmp_path: Path, octets: bytes, words: tuple[str, ...], why: LockWhy
) -> None:
    parcel = opened(tmp_path, octets, words=words)
    (lock,) = parcel.locks
    assert (lock.path, lock.opened, lock.why) == ("1", False, why)
    assert refused(parcel) == [("1.1", "encrypted")]


def test_octets_changed_under_aes_are_damaged(tmp_path: Path) -> None:
    octets = bytearray(aes_zip("a.pdf"))
    octets[30 + 5 + 11 + 16 + 2 + 3] ^= 1
    parcel = opened(tmp_path, bytes(octets), words=("mat khau",))
    assert [lock.why for lock in parcel.locks] == [LockWhy.DAMAGED]


def test_the_encryption_of_pkware_is_unsupported(tmp_path: Path) -> None:
    parcel = opened(tmp_path, zip_of(Piece(b"a.pdf", flags=0x41)), words=("x",))
    assert [lock.why for lock in parcel.locks] == [LockWhy.UNSUPPORTED]


def test_an_entry_that_climbs_is_not_decrypted(tmp_path: Path) -> None:
    parcel = opened(tmp_path, aes_zip("../a.pdf"), words=("mat khau",))
    assert refused(parcel) == [("1.1", "traversal")]


def test_a_field_of_aes_that_is_missing_is_no_reason_to_fail(tmp_path: Path) -> None:
    octets = zip_of(Piece(method=99, flags=1, packed=b"x" * 40))
    parcel = opened(tmp_path, octets, words=("x",))
    assert [lock.why for lock in parcel.locks] == [LockWhy.UNSUPPORTED]


def test_more_of_the_slow_cipher_than_a_child_survives_is_unsupported(tmp_path: Path) -> None:
    slow = Piece(b"a", method=0, flags=1, packed=bytes(17 << 20), size=(17 << 20) - 12)
    parcel = opened(tmp_path, zip_of(slow), words=("x",))
    assert [lock.why for lock in parcel.locks] == [LockWhy.UNSUPPORTED]


def test_a_bomb_under_a_lock_is_refused(tmp_path: Path) -> None:
    octets = aes_zip("a.pdf", "b.pdf", content=bytes(3 << 20))
    limits = Limits(bomb_growth=2 << 20)
    assert ("1.1", "bomb") in refused(opened(tmp_path, octets, words=("mat khau",), limits=limits))
    lying = octets.replace((3 << 20).to_bytes(4, "little"), (1 << 20).to_bytes(4, "little"))
    parcel = opened(tmp_path, lying, words=("mat khau",), limits=limits)
    # The second is stopped by what the archive gave already.
    assert refused(parcel) == [("1.1", "malformed"), ("1.2", "bomb")]
