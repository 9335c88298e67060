"""Encrypted Office files are a lock; what comes out of it lies beneath."""

import io
import struct
from pathlib import Path

import olefile
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msoffcrypto.format.ooxml import OOXMLFile

from mailbridge.model.errors import RefusedError
from mailbridge.model.parcel import LockForm, LockWhy
from tests.unit.parcel.archives import Piece, members, opened, refused, zip_of

WORD = "mật khẩu"
TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
DOCUMENT = zip_of(
    Piece(b"[Content_Types].xml", f'<Types xmlns="{TYPES}"/>'.encode()),
    Piece(b"_rels/.rels", b"<Relationships/>" * 40),
    Piece(b"word/document.xml", b"<document/>" * 900, method=0),
)


def encrypted(word: str = WORD) -> bytes:
    out = io.BytesIO()
    OOXMLFile(io.BytesIO(DOCUMENT)).encrypt(word, out)
    return out.getvalue()


LOCKED = encrypted()


def test_the_decrypted_document_lies_beneath_and_names_its_lock(tmp_path: Path) -> None:
    parcel = opened(tmp_path, LOCKED, "van-ban.docx", words=("sai", WORD))
    (lock,) = parcel.locks
    assert (lock.form, lock.path, lock.opened) == (LockForm.OFFICE, "1", True)
    (file,) = members(parcel)
    assert (file.path, file.name, file.unlocked_by) == ("1.1", "van-ban.docx", (0,))
    assert file.type.endswith("wordprocessingml.document")
    assert file.size == len(DOCUMENT)


@pytest.mark.parametrize(
    ("words", "why"), [((), LockWhy.NEEDS_WORD), (("sai",), LockWhy.WRONG_WORD)]
)
def test_a_closed_lock_says_why(tmp_path: Path, words: tuple[str, ...], why: LockWhy) -> None:
    parcel = opened(tmp_path, LOCKED, "van-ban.docx", words=words)
    assert [(lock.opened, lock.why) for lock in parcel.locks] == [(False, why)]
    assert members(parcel) == []


def test_the_word_that_excel_tries_by_itself_hides_nothing(tmp_path: Path) -> None:
    parcel = opened(tmp_path, encrypted("VelvetSweatshop"), "a.xlsx")
    assert [lock.opened for lock in parcel.locks] == [True]


def test_a_package_changed_under_its_lock_is_damaged(tmp_path: Path) -> None:
    with olefile.OleFileIO(io.BytesIO(LOCKED)) as storage:
        package = storage.openstream("EncryptedPackage").read()
    at = LOCKED.index(package[:64]) + 40
    changed = LOCKED[:at] + bytes([LOCKED[at] ^ 1]) + LOCKED[at + 1 :]
    parcel = opened(tmp_path, changed, "a.docx", words=(WORD,))
    assert [lock.why for lock in parcel.locks] == [LockWhy.DAMAGED]


def test_a_password_that_is_hashed_for_minutes_is_unsupported(tmp_path: Path) -> None:
    changed = LOCKED.replace(b'spinCount="100000"', b'spinCount="999999"')
    parcel = opened(tmp_path, changed, "a.docx", words=(WORD,))
    assert [lock.why for lock in parcel.locks] == [LockWhy.UNSUPPORTED]


def test_an_ole_storage_that_is_damaged_is_remarked_on(tmp_path: Path) -> None:
    octets = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + struct.pack("<200L", *range(200))
    parcel = opened(tmp_path, octets, "a.doc")
    assert parcel.remarks
    assert refused(parcel) == []


@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=20, deadline=None
)
@given(data=st.data())
def test_no_mutated_file_raises_anything_but_a_refusal(tmp_path: Path, data: st.DataObject) -> None:
    octets = bytearray(LOCKED)
    for _ in range(data.draw(st.integers(1, 8))):
        octets[data.draw(st.integers(8, 2000))] = data.draw(st.integers(0, 255))
    try:
        opened(tmp_path, bytes(octets), "a.docx", words=(WORD,))
    except RefusedError:
        return
