"""A key that is kept open, and what happens when it is lost or out of its time."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
)

from mailbridge.letters.keys import SigningKey, load
from mailbridge.letters.signer import KeySigner
from mailbridge.letters.unsigned import KeyFault, UnsignedError
from mailbridge.wiring.stamped import stamp
from tests.unit.letters.keyring import self_signed

NOW = datetime(2026, 11, 25, 8, 0, tzinfo=UTC)
DAY = timedelta(days=1)


def _write(path: Path, start: datetime) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    path.write_bytes(pem + self_signed(key, start=start).public_bytes(Encoding.PEM))


def _signer(path: Path, now: datetime) -> KeySigner:
    return KeySigner(partial(load, path, None), lambda: now)


@pytest.mark.parametrize("start", [NOW - 31 * DAY, NOW + DAY])
def test_a_certificate_out_of_its_time_never_signs(tmp_path: Path, start: datetime) -> None:
    path = tmp_path / "key.pem"
    _write(path, start)
    signer = _signer(path, NOW)
    for ask in (lambda: signer.sign(b"a"), lambda: signer.certificate):
        with pytest.raises(UnsignedError) as caught:
            ask()
        assert caught.value.fault is KeyFault.EXPIRED
    # A renewed one is found without a restart.
    _write(path, NOW - DAY)
    assert signer.sign(b"a")


def test_the_last_day_still_signs(tmp_path: Path) -> None:
    path = tmp_path / "key.pem"
    _write(path, NOW - 30 * DAY)
    assert _signer(path, NOW).sign(b"a")
    with pytest.raises(UnsignedError):
        _signer(path, NOW + timedelta(seconds=1)).sign(b"a")


def test_the_key_is_opened_at_the_first_letter_and_kept(tmp_path: Path) -> None:
    path = tmp_path / "key.pem"
    signer = _signer(path, NOW)
    with pytest.raises(UnsignedError) as caught:
        signer.sign(b"a")
    assert caught.value.fault is KeyFault.FILE
    _write(path, NOW - DAY)
    first = signer.certificate
    path.unlink()
    assert signer.sign(b"a")
    assert signer.certificate == first


def test_a_key_file_that_was_renewed_signs_from_the_next_letter_on(tmp_path: Path) -> None:
    path = tmp_path / "key.pem"
    _write(path, NOW - DAY)
    signer = KeySigner(partial(load, path, None), lambda: NOW, stamp(path))
    first = signer.certificate
    assert signer.certificate is first
    _write(path, NOW - 2 * DAY)
    assert signer.certificate != first


def test_while_a_renewed_key_file_cannot_be_opened_the_former_key_signs(tmp_path: Path) -> None:
    path = tmp_path / "key.pem"
    _write(path, NOW - DAY)
    signer = KeySigner(partial(load, path, None), lambda: NOW, stamp(path))
    first = signer.certificate
    path.write_bytes(b"-----BEGIN half")
    assert signer.sign(b"a")
    assert signer.certificate == first
    path.unlink()
    assert signer.sign(b"a")


def test_a_key_lost_in_use_is_opened_once_more_and_no_more_often() -> None:
    asked: Iterator[int] = iter(range(10))
    good = _opened()

    def lost() -> SigningKey:
        if next(asked) == 0:
            return good
        raise UnsignedError(KeyFault.UNPLUGGED, "away")

    signer = KeySigner(lost, lambda: NOW)
    assert signer.sign(b"a")
    later = [NOW, NOW + 400 * DAY]
    over = KeySigner(lost, lambda: later.pop(0))
    with pytest.raises(UnsignedError):
        over.sign(b"a")
    assert next(asked) == 2


def _opened() -> SigningKey:
    key = ec.generate_private_key(ec.SECP256R1())
    return SigningKey(key, self_signed(key, start=NOW - DAY))
