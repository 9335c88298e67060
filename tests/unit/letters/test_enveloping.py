"""Envelopes that openssl opens, for every kind of key; and certificates that may not lock."""

import subprocess
from pathlib import Path

import pytest
from asn1crypto import cms
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
)

from mailbridge.letters.enveloping import enveloped, fit
from mailbridge.model.errors import RefusedError
from tests.unit.letters.keyring import Key, certified

KEYS: dict[str, Key] = {
    "rsa": rsa.generate_private_key(65537, 2048),
    "rsa-3072": rsa.generate_private_key(65537, 3072),
    "p256": ec.generate_private_key(ec.SECP256R1()),
    "p384": ec.generate_private_key(ec.SECP384R1()),
}
CERTIFICATES = {name: certified(key) for name, key in KEYS.items()}
US = rsa.generate_private_key(65537, 2048)
OWN = certified(US)


def _opened(folder: Path, der: bytes, key: Key, certificate: x509.Certificate) -> bytes:
    pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    for name, octets in (("e", der), ("k", pem), ("c", certificate.public_bytes(Encoding.PEM))):
        (folder / name).write_bytes(octets)
    command = ["openssl", "cms", "-decrypt", "-binary", "-inform", "DER", "-in", str(folder / "e")]
    command += ["-inkey", str(folder / "k"), "-recip", str(folder / "c")]
    return subprocess.run(command, check=True, capture_output=True).stdout


@pytest.mark.parametrize("names", [("rsa",), ("p256",), ("p384",), ("rsa-3072", "p256", "p384")])
def test_every_recipient_and_we_open_it(tmp_path: Path, names: tuple[str, ...]) -> None:
    der = enveloped(b"mot la thu", [CERTIFICATES[name] for name in names], OWN)
    for name in names:
        assert _opened(tmp_path, der, KEYS[name], CERTIFICATES[name]) == b"mot la thu"
    assert _opened(tmp_path, der, US, OWN) == b"mot la thu"


@pytest.mark.parametrize("size", [0, 1, 15, 16, 17, 4096, 100_001])
def test_no_octet_is_added_or_lost(tmp_path: Path, size: int) -> None:
    plain = bytes(number % 251 for number in range(size))
    der = enveloped(plain, [CERTIFICATES["rsa"]], OWN)
    assert _opened(tmp_path, der, KEYS["rsa"], CERTIFICATES["rsa"]) == plain


def test_each_envelope_has_a_key_of_its_own() -> None:
    first, second = (enveloped(b"a" * 64, [CERTIFICATES["rsa"]], OWN) for _ in range(2))
    contents = [
        cms.ContentInfo.load(der)["content"]["encrypted_content_info"] for der in (first, second)
    ]
    assert contents[0]["encrypted_content"].native != contents[1]["encrypted_content"].native
    assert contents[0]["content_encryption_algorithm"].native["algorithm"] == "aes256_cbc"


def test_who_is_named_twice_has_one_lock() -> None:
    der = enveloped(b"a", [OWN], OWN)
    assert len(cms.ContentInfo.load(der)["content"]["recipient_infos"]) == 1


def _usage(**allowed: bool) -> x509.KeyUsage:
    names = (
        "digital_signature", "content_commitment", "key_encipherment", "data_encipherment",
        "key_agreement", "key_cert_sign", "crl_sign", "encipher_only", "decipher_only",
    )  # fmt: skip
    return x509.KeyUsage(**{name: allowed.get(name, False) for name in names})


@pytest.mark.parametrize(
    ("name", "usage", "may"),
    [
        ("rsa", None, True),
        ("rsa", _usage(key_encipherment=True), True),
        ("rsa", _usage(digital_signature=True), False),
        ("rsa", _usage(key_agreement=True), False),
        ("p256", _usage(key_agreement=True), True),
        ("p256", _usage(digital_signature=True), False),
    ],
)
def test_usage_says_which_certificates_may_lock(
    name: str, usage: x509.KeyUsage | None, may: bool
) -> None:
    one = certified(KEYS[name], usage)
    assert fit([one]) == ((one,) if may else ())


def test_weak_and_foreign_keys_lock_nothing() -> None:
    weak = certified(rsa.generate_private_key(65537, 1024))
    assert fit([weak]) == ()
    key = ed25519.Ed25519PrivateKey.generate()
    name = OWN.subject
    foreign = (
        x509.CertificateBuilder(name, name, key.public_key(), 1)
        .not_valid_before(OWN.not_valid_before_utc)
        .not_valid_after(OWN.not_valid_after_utc)
        .sign(key, None)
    )
    assert fit([foreign]) == ()
    for recipient in ([], [weak], [foreign]):
        with pytest.raises(RefusedError):
            enveloped(b"a", recipient, OWN)


def test_our_own_usage_does_not_keep_us_from_our_copy(tmp_path: Path) -> None:
    signs_only = certified(US, _usage(digital_signature=True))
    der = enveloped(b"a", [CERTIFICATES["rsa"]], signs_only)
    assert _opened(tmp_path, der, US, signs_only) == b"a"
