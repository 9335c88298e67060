"""The key of a mailbox, from PKCS#12 or PEM. The one module that opens key files."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import load_pem_private_key, pkcs12

from mailbridge.letters.unsigned import KeyFault, UnsignedError

PrivateKey = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey
# A key file is some kilobytes; something else was named by mistake.
_KEY_FILE_SIZE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class SigningKey:
    """A mailbox's key (never shown), its certificate and those between it and the root."""

    key: PrivateKey = field(repr=False)
    certificate: x509.Certificate
    chain: tuple[x509.Certificate, ...] = ()


def load(path: Path, passphrase: Callable[[], bytes] | None) -> SigningKey:
    """Open the key file.

    A key that cannot be opened delays letters and loses none: UnsignedError, no secret in it.
    """
    try:
        octets = _octets(path)
        secret = passphrase() if passphrase else None
        return _from_pem(octets, secret) if b"-----BEGIN" in octets else _from_p12(octets, secret)
    except (OSError, ValueError, TypeError) as error:
        # The library's own words are left out: some quote what they could not decode.
        told = f"the signing key {path.name} cannot be opened ({type(error).__name__})"
        raise UnsignedError(KeyFault.FILE, told) from error


def _octets(path: Path) -> bytes:
    with path.open("rb") as opened:
        octets = opened.read(_KEY_FILE_SIZE + 1)
    if len(octets) > _KEY_FILE_SIZE:
        raise ValueError("too large for a key")
    return octets


def _from_p12(octets: bytes, secret: bytes | None) -> SigningKey:
    key, certificate, others = pkcs12.load_key_and_certificates(octets, secret)
    if certificate is None:
        raise ValueError("no certificate beside the key")
    return SigningKey(_usable(key), certificate, tuple(others))


def _from_pem(octets: bytes, secret: bytes | None) -> SigningKey:
    # A passphrase for a key that is not encrypted is refused by the library.
    key = _usable(load_pem_private_key(octets, secret if b"ENCRYPTED" in octets else None))
    certificates = x509.load_pem_x509_certificates(octets)
    own = [one for one in certificates if one.public_key() == key.public_key()]
    if not own:
        raise ValueError("no certificate for this key")
    return SigningKey(key, own[0], tuple(one for one in certificates if one != own[0]))


def _usable(key: object) -> PrivateKey:
    if isinstance(key, rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey):
        return key
    raise ValueError("neither an RSA nor an EC key")
