"""The record of a key, and what the key verifies."""

import base64

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from mailbridge.provenance.dkim_keys import GOOD_BITS, key_of, verifies
from mailbridge.provenance.dkim_octets import RawField
from mailbridge.provenance.dkim_signature import DkimSignature, MalformedError
from tests.unit.provenance.dkim_samples import ed_key, record, rsa_key


def signature(algorithm: str = "rsa-sha256") -> DkimSignature:
    field = RawField(b"DKIM-Signature", b"")
    return DkimSignature(field, algorithm, "b.vn", "s", "b.vn", ("from",), b"", b"")


def test_a_bare_rsa_key_is_a_key_too() -> None:
    der = rsa_key().public_key().public_bytes(Encoding.DER, PublicFormat.PKCS1)
    made = key_of((f"p={base64.b64encode(der).decode()}",), signature())
    assert made.bits == GOOD_BITS


def test_spaces_in_a_record_that_was_pasted_mean_nothing() -> None:
    written = record().replace("p=", "p= \t").replace("; ", " ;  ")
    assert key_of((written,), signature()).bits == GOOD_BITS


def test_a_record_beside_other_texts_is_found_by_its_version() -> None:
    assert key_of(("v=spf1 -all", record()), signature()).bits == GOOD_BITS


def test_the_flags_are_read() -> None:
    made = key_of((record(t="y:s"),), signature())
    assert (made.testing, made.strict) == (True, True)


@pytest.mark.parametrize("size", [0, 31, 33])
def test_an_ed25519_key_of_another_length_is_none(size: int) -> None:
    short = base64.b64encode(b"k" * size).decode()
    with pytest.raises(MalformedError):
        key_of((record(ed_key(), p=short),), signature("ed25519-sha256"))


def test_a_key_of_another_family_in_a_record_of_rsa_is_none() -> None:
    der = ed_key().public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    with pytest.raises(MalformedError):
        key_of((record(p=base64.b64encode(der).decode()),), signature())


def test_a_key_too_long_to_raise_to_a_power_in_time_is_none() -> None:
    huge = rsa.RSAPublicNumbers(65537, (1 << 16384) - 1).public_key()
    der = huge.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    with pytest.raises(MalformedError):
        key_of((record(p=base64.b64encode(der).decode()),), signature())


@pytest.mark.parametrize("octets", [b"", b"x", b"\0" * 256, b"\xff" * 256, b"\xff" * 4096])
def test_junk_is_no_signature(octets: bytes) -> None:
    assert not verifies(rsa_key().public_key(), octets, b"x")
    assert not verifies(ed_key().public_key(), octets, b"x")
