"""Keys agreed by elliptic curves, made by another implementation."""

import itertools

import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from mailbridge.model.parcel import LockWhy
from tests.unit.parcel.locked import PLAIN, envelope, folder, on_curve, opened

CURVES = [ec.SECP256R1, ec.SECP384R1, ec.SECP521R1]
HASHES = ["sha1", "sha224", "sha256", "sha384", "sha512"]


@pytest.mark.parametrize(("curve", "hashed"), list(itertools.product(CURVES, HASHES)))
def test_every_curve_and_derivation_is_opened(curve: type[ec.EllipticCurve], hashed: str) -> None:
    us = on_curve(curve)
    options = ("-keyopt", f"ecdh_kdf_md:{hashed}")
    for cipher in ("aes-128-cbc", "aes-192-cbc", "aes-256-gcm"):
        assert (
            opened(envelope(PLAIN, us, cipher=cipher, options=options), folder(us)).plain == PLAIN
        )


@pytest.mark.parametrize("options", [("-keyid",), ("-keyopt", "ecdh_cofactor_mode:1")])
def test_a_key_identifier_and_the_cofactor_form_are_opened(options: tuple[str, ...]) -> None:
    us = on_curve(ec.SECP256R1)
    assert opened(envelope(PLAIN, us, options=options), folder(us)).plain == PLAIN


def test_a_lock_for_another_curve_is_not_ours() -> None:
    der = envelope(PLAIN, on_curve(ec.SECP384R1))
    assert opened(der, folder(on_curve(ec.SECP256R1))).why is LockWhy.NO_KEY


def test_a_damaged_wrapped_key_is_damage_and_no_more() -> None:
    us = on_curve(ec.SECP256R1)
    der = envelope(PLAIN, us, cipher="aes-256-gcm")
    # The wrapped key stands right before the content info.
    at = der.index(bytes.fromhex("06092a864886f70d010701")) - 10
    harmed = der[:at] + bytes([der[at] ^ 1]) + der[at + 1 :]
    assert opened(harmed, folder(us)).why is LockWhy.DAMAGED
