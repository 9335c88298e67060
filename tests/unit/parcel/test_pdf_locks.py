"""A locked PDF is never taken for one that was read; with the password it is read."""

import io
from pathlib import Path

import pytest
from pyhanko.pdf_utils.reader import PdfFileReader

from mailbridge.demo.hierarchy import hierarchy
from mailbridge.model.limits import Limits
from mailbridge.model.parcel import LockWhy, Parcel
from mailbridge.parcel.keyring import Keyring
from mailbridge.parcel.unpacking import Means
from mailbridge.parcel.unwrap import unwrap_file
from tests.unit.parcel import locked_pdfs
from tests.unit.parcel.locked_pdfs import WORD
from tests.unit.provenance.samples import NOW


def opened(folder: Path, octets: bytes, *words: str, name: str = "a.pdf") -> Parcel:
    keyring = Keyring(passwords=tuple((name, word) for word in words))
    return unwrap_file(Means(folder / "source", folder, Limits(), keyring), octets, "a.pdf")


@pytest.mark.parametrize(
    ("octets", "cipher"),
    [
        (locked_pdfs.rc4("secret", bits=40), "rc440"),
        (locked_pdfs.rc4("secret"), "rc4128"),
        (locked_pdfs.aes128("secret"), "aes128"),
        (locked_pdfs.aes256("secret"), "aes256"),
        (locked_pdfs.aes256("secret", object_streams=True), "aes256"),
    ],
)
def test_the_password_opens_each_cipher(tmp_path: Path, octets: bytes, cipher: str) -> None:
    parcel = opened(tmp_path, octets, "wrong", "secret")
    (lock,), (file,) = parcel.locks, parcel.files
    assert (lock.opened, lock.why, lock.cipher) == (True, None, cipher)
    assert file.unlocked_by == (0,)
    plain = PdfFileReader(io.BytesIO((tmp_path / file.plain).read_bytes()))
    assert not plain.encrypted
    assert (tmp_path / file.stored).read_bytes() == octets


@pytest.mark.parametrize("octets", [locked_pdfs.aes256(WORD), locked_pdfs.rc4(WORD)])
def test_a_vietnamese_password_opens(tmp_path: Path, octets: bytes) -> None:
    (lock,) = opened(tmp_path, octets, WORD).locks
    assert lock.opened


def test_an_empty_user_password_asks_for_nothing(tmp_path: Path) -> None:
    parcel = opened(tmp_path, locked_pdfs.aes256(""))
    assert [(lock.opened, lock.why) for lock in parcel.locks] == [(True, None)]
    assert parcel.files[0].plain == ""


@pytest.mark.parametrize(
    ("words", "why"), [((), LockWhy.NEEDS_WORD), (("wrong", "không"), LockWhy.WRONG_WORD)]
)
def test_it_stays_closed_and_says_why(tmp_path: Path, words: tuple[str, ...], why: LockWhy) -> None:
    for number, octets in enumerate((locked_pdfs.rc4(), locked_pdfs.aes256())):
        folder = tmp_path / str(number)
        folder.mkdir()
        parcel = opened(folder, octets, *words)
        assert [(lock.opened, lock.why) for lock in parcel.locks] == [(False, why)]
        assert parcel.files[0].plain == ""


def test_a_password_for_another_file_is_not_tried(tmp_path: Path) -> None:
    (lock,) = opened(tmp_path, locked_pdfs.aes256(), WORD, name="b.pdf").locks
    assert lock.why is LockWhy.NEEDS_WORD


def test_a_lock_for_keys_of_others_stays_closed(tmp_path: Path) -> None:
    (lock,) = opened(tmp_path, locked_pdfs.for_keys(hierarchy(NOW).mailbox)).locks
    assert (lock.opened, lock.why) == (False, LockWhy.NO_KEY)


@pytest.mark.parametrize(
    "trailer", [b"/Encrypt 1 0 R", b"/Encr#79pt 1 0 R", b"/#45ncrypt << /Filter /Standard >>"]
)
def test_a_lock_that_cannot_be_read_is_shown(tmp_path: Path, trailer: bytes) -> None:
    octets = b"%PDF-1.4\ntrailer <<" + trailer + b">>\n%%EOF\n"
    parcel = opened(tmp_path, octets)
    assert [(lock.form, lock.opened) for lock in parcel.locks] == [("pdf", False)]


def test_the_word_encrypt_in_a_text_is_no_lock(tmp_path: Path) -> None:
    octets = locked_pdfs.paper().replace(b"ReportLab Generated", b"    /Encrypt 1 0 R ", 1)
    assert b"/Encrypt" in octets
    assert opened(tmp_path, octets).locks == ()


def test_a_locked_file_that_was_changed_is_damaged_and_not_misspelt(tmp_path: Path) -> None:
    changed = locked_pdfs.sealed_under_lock(hierarchy(NOW).seal, NOW, mac=True)
    (lock,) = opened(tmp_path, changed, "secret").locks
    assert (lock.opened, lock.why) == (False, LockWhy.DAMAGED)


def test_a_locked_and_sealed_file_opens(tmp_path: Path) -> None:
    octets = locked_pdfs.sealed_under_lock(hierarchy(NOW).seal, NOW)
    parcel = opened(tmp_path, octets, "secret")
    assert [lock.opened for lock in parcel.locks] == [True]
    assert parcel.claims[0].unlocked_by == (0,)
