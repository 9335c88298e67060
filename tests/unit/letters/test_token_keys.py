"""What the key of a token gives, and what never leaves it."""

import copy
from collections.abc import Callable
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
)

from mailbridge.letters.keys import PrivateKey
from mailbridge.letters.token import Place, opened
from mailbridge.letters.unsigned import UnsignedError
from tests.simulators.token import MODULE, PIN, Hsm
from tests.unit.letters.keyring import Key, self_signed


def _key_of(hsm: Hsm, folder: Path, label: str, key: Key, certified: Key) -> PrivateKey:
    hsm.token(label)
    hsm.put(label, key)
    path = folder / "own.pem"
    path.write_bytes(self_signed(certified).public_bytes(Encoding.PEM))
    return opened(Place(MODULE, label, lambda: PIN, path)).key


def _rsa() -> Key:
    return rsa.generate_private_key(65537, 2048)


def _curve() -> Key:
    return ec.generate_private_key(ec.SECP384R1())


@pytest.mark.parametrize("make", [_rsa, _curve])
def test_nothing_but_signatures_leaves_the_token(
    hsm: Hsm, tmp_path: Path, make: Callable[[], Key]
) -> None:
    plain = make()
    key = _key_of(hsm, tmp_path, f"kin-{type(plain).__name__}", plain, plain)
    assert key.public_key() == plain.public_key()
    assert key.key_size == plain.key_size
    assert copy.deepcopy(copy.copy(key)) is key
    for ask in (
        key.private_numbers,
        lambda: key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption()),
    ):
        with pytest.raises(NotImplementedError):
            ask()


def test_a_token_that_signs_by_another_key_is_not_believed(hsm: Hsm, tmp_path: Path) -> None:
    one, other = (ec.generate_private_key(ec.SECP256R1()) for _ in range(2))
    key = _key_of(hsm, tmp_path, "lan-khoa", one, one)
    assert isinstance(key, ec.EllipticCurvePrivateKey)
    stranger = type(key)(key._session, key._key, other.public_key())  # type: ignore[attr-defined, call-arg]
    with pytest.raises(UnsignedError, match="another key"):
        stranger.sign(b"a", ec.ECDSA(None))  # type: ignore[arg-type]
