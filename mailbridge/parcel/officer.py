"""The cơ yếu officer: mails are locked for his certificate, and his key proves that it is he.

An ordinary CMS file (RFC 5652 §6, EnvelopedData), so that his own tools open it: the key of a
random AES-256 is locked for his RSA key. Nothing of ours can open it again.
"""

import secrets
from pathlib import Path

_CERTIFICATE_SIZE = 1024 * 1024
_CHALLENGE = 32


def certificate(path: Path) -> bytes:
    """Read the certificate as DER, from PEM or DER; raises ValueError with the fault in words."""
    from cryptography import x509
    from cryptography.hazmat.primitives.asymmetric import rsa
    from cryptography.hazmat.primitives.serialization import Encoding

    octets = _octets(path)
    try:
        is_pem = b"-----BEGIN" in octets
        read = x509.load_pem_x509_certificate if is_pem else x509.load_der_x509_certificate
        found = read(octets)
    except ValueError as error:
        raise ValueError("no X.509 certificate") from error
    if isinstance(found.public_key(), rsa.RSAPublicKey):
        return found.public_bytes(Encoding.DER)
    raise ValueError("its key is not RSA: nothing can be locked for it")


def lock(octets: bytes, officer: bytes) -> bytes:
    """Lock octets for the officer's certificate; DER of a CMS ContentInfo (RFC 5652 §6.1)."""
    from cryptography import x509
    from cryptography.hazmat.primitives.ciphers import algorithms
    from cryptography.hazmat.primitives.serialization import Encoding, pkcs7

    envelope = (
        pkcs7.PKCS7EnvelopeBuilder()
        .set_data(octets)
        .set_content_encryption_algorithm(algorithms.AES256)
        .add_recipient(x509.load_der_x509_certificate(officer))
    )
    # Binary: the octets as they are, without the line ends of text (RFC 8551 §3.1.1).
    return envelope.encrypt(Encoding.DER, [pkcs7.PKCS7Options.Binary])


def holds(key_file: Path, passphrase: bytes | None, officer: bytes) -> bool:
    """Tell whether the key in that file is the officer's: it signs what nobody could foresee.

    Raises ValueError for a file that holds no key, or not under that passphrase.
    """
    from cryptography import x509
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric import padding, rsa
    from cryptography.hazmat.primitives.hashes import SHA256

    key = _private_key(_octets(key_file), passphrase)
    public = x509.load_der_x509_certificate(officer).public_key()
    if not isinstance(key, rsa.RSAPrivateKey) or not isinstance(public, rsa.RSAPublicKey):
        return False
    challenge = secrets.token_bytes(_CHALLENGE)
    # RFC 8017 §8.1: RSASSA-PSS.
    scheme = padding.PSS(padding.MGF1(SHA256()), padding.PSS.DIGEST_LENGTH)
    try:
        public.verify(key.sign(challenge, scheme, SHA256()), challenge, scheme, SHA256())
    except InvalidSignature:
        return False
    return True


def _private_key(octets: bytes, passphrase: bytes | None) -> object:
    from cryptography.hazmat.primitives.serialization import load_pem_private_key, pkcs12

    try:
        if b"-----BEGIN" in octets:
            secret = passphrase if b"ENCRYPTED" in octets else None
            return load_pem_private_key(octets, secret)
        return pkcs12.load_key_and_certificates(octets, passphrase)[0]
    except (ValueError, TypeError) as error:
        # The library's own words are left out: some quote what they could not decode.
        raise ValueError("no key that can be opened") from error


def _octets(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            octets = file.read(_CERTIFICATE_SIZE + 1)
    except OSError as error:
        raise ValueError(error.strerror or "cannot be read") from error
    if len(octets) > _CERTIFICATE_SIZE:
        raise ValueError("too large for a key or a certificate")
    return octets
