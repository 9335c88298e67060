"""What is locked for the officer is opened by his key alone, and his key alone proves him."""

from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
    pkcs7,
)

from mailbridge.parcel.officer import certificate, holds, lock
from tests.unit.provenance.samples import keys


def _written(tmp_path: Path) -> Path:
    path = tmp_path / "officer.pem"
    path.write_bytes(keys().person.certificate.public_bytes(Encoding.PEM))
    return path


def _key(tmp_path: Path, secret: bytes | None = None) -> Path:
    path = tmp_path / "key.pem"
    how = BestAvailableEncryption(secret) if secret else NoEncryption()
    path.write_bytes(keys().person.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, how))
    return path


def test_the_officers_key_opens_what_was_locked(tmp_path: Path) -> None:
    locked = lock(b"noi dung\n" * 1000, certificate(_written(tmp_path)))
    assert b"noi dung" not in locked
    officer = keys().person
    assert isinstance(officer.key, rsa.RSAPrivateKey)
    opened = pkcs7.pkcs7_decrypt_der(locked, officer.certificate, officer.key, [])
    assert opened == b"noi dung\n" * 1000


def test_the_key_proves_its_holder_and_another_does_not(tmp_path: Path) -> None:
    officer = certificate(_written(tmp_path))
    assert holds(_key(tmp_path), None, officer)
    other = keys().seal.certificate.public_bytes(Encoding.DER)
    assert not holds(_key(tmp_path), None, other)


def test_a_closed_key_needs_its_passphrase(tmp_path: Path) -> None:
    officer = certificate(_written(tmp_path))
    assert holds(_key(tmp_path, b"dung"), b"dung", officer)
    with pytest.raises(ValueError, match="no key that can be opened"):
        holds(_key(tmp_path, b"dung"), b"sai", officer)


def test_what_is_no_certificate_is_refused_in_words(tmp_path: Path) -> None:
    path = tmp_path / "x.pem"
    path.write_bytes(b"nothing")
    with pytest.raises(ValueError, match=r"no X\.509 certificate"):
        certificate(path)
    with pytest.raises(ValueError, match="No such file"):
        certificate(tmp_path / "none.pem")


def test_a_key_that_locks_nothing_is_refused(tmp_path: Path) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "A")])
    subject = keys().person.certificate
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(subject.not_valid_before_utc)
        .not_valid_after(subject.not_valid_after_utc)
    )
    path = tmp_path / "ec.der"
    path.write_bytes(made.sign(key, SHA256()).public_bytes(Encoding.DER))
    with pytest.raises(ValueError, match="not RSA"):
        certificate(path)
