from pathlib import Path

import pytest

from mailbridge.letters.keys import load
from mailbridge.model.errors import TryLaterError
from tests.unit.letters.keyring import PASSPHRASE, Keyring


def test_every_form_of_the_key_opens(keyring: Keyring) -> None:
    p12 = load(keyring.p12, lambda: PASSPHRASE)
    pem = load(keyring.pem, lambda: PASSPHRASE)
    assert p12.certificate == pem.certificate == load(keyring.plain_pem, None).certificate
    assert len(p12.chain) == len(pem.chain) == 1
    assert load(keyring.ec_p12, None).chain == ()


def test_key_is_not_shown(keyring: Keyring) -> None:
    assert "PrivateKey" not in repr(load(keyring.plain_pem, None))


@pytest.mark.parametrize("octets", [b"", b"junk", b"-----BEGIN PRIVATE KEY-----\nx", b"x" * 2**21])
def test_what_is_no_key_delays_letters(tmp_path: Path, octets: bytes) -> None:
    path = tmp_path / "box.p12"
    path.write_bytes(octets)
    with pytest.raises(TryLaterError):
        load(path, None)


def test_missing_key_and_wrong_passphrase_delay_letters(keyring: Keyring, tmp_path: Path) -> None:
    with pytest.raises(TryLaterError):
        load(tmp_path / "absent.p12", None)
    for path in (keyring.p12, keyring.pem):
        with pytest.raises(TryLaterError) as caught:
            load(path, lambda: b"sai-mat-khau")
        assert "sai-mat-khau" not in str(caught.value)


def test_key_without_its_certificate_is_not_used(keyring: Keyring, tmp_path: Path) -> None:
    path = tmp_path / "lone.pem"
    path.write_bytes(keyring.plain_pem.read_bytes().partition(b"-----BEGIN CERT")[0])
    with pytest.raises(TryLaterError):
        load(path, None)
