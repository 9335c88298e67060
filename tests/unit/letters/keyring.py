"""Keys made on the spot: a root, a mailbox's certificate and a server's."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from ipaddress import IPv4Address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
    pkcs12,
)
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

Key = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey
PASSPHRASE = b"chuoi-bi-mat"


@dataclass(frozen=True)
class Keyring:
    """Files: the root, the server's chain and key, and the mailbox's key in three forms."""

    root: Path
    server: tuple[Path, Path]
    p12: Path
    pem: Path
    plain_pem: Path
    ec_p12: Path


def make(folder: Path) -> Keyring:
    """Make all keys of a test run."""
    root_key = rsa.generate_private_key(65537, 2048)
    root = _certificate("Gốc thử nghiệm", root_key, None)
    keyring = Keyring(
        folder / "root.pem",
        (folder / "server.pem", folder / "server.key"),
        *(folder / name for name in ("box.p12", "box.pem", "plain.pem", "ec.p12")),
    )
    keyring.root.write_bytes(root.public_bytes(Encoding.PEM))
    _server(keyring, root, root_key)
    _mailbox(keyring, root, root_key)
    return keyring


def self_signed(
    key: Key, name: str = "Văn thư Mẫu", start: datetime | None = None
) -> x509.Certificate:
    """Make a certificate of thirty days, from yesterday on where nothing else is said."""
    return _certificate(name, key, None, start)


def certified(
    key: Key, usage: x509.KeyUsage | None = None, start: datetime | None = None
) -> x509.Certificate:
    """Make a certificate of thirty days for a key, with a usage or without one."""
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Người nhận")])
    start = start or datetime.now(UTC) - timedelta(days=1)
    builder = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(start)
        .not_valid_after(start + timedelta(days=30))
    )
    if usage is not None:
        builder = builder.add_extension(usage, critical=True)
    return builder.sign(key, hashes.SHA256())


def _server(keyring: Keyring, root: x509.Certificate, root_key: Key) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    certificate = _certificate("127.0.0.1", key, (root, root_key))
    keyring.server[0].write_bytes(certificate.public_bytes(Encoding.PEM))
    keyring.server[1].write_bytes(_pem(key, b""))


def _mailbox(keyring: Keyring, root: x509.Certificate, root_key: Key) -> None:
    key = rsa.generate_private_key(65537, 2048)
    certificate = _certificate("Văn thư Mẫu", key, (root, root_key))
    sealed = BestAvailableEncryption(PASSPHRASE)
    p12 = pkcs12.serialize_key_and_certificates(b"box", key, certificate, [root], sealed)
    keyring.p12.write_bytes(p12)
    chain = certificate.public_bytes(Encoding.PEM)
    keyring.pem.write_bytes(_pem(key, PASSPHRASE) + root.public_bytes(Encoding.PEM) + chain)
    keyring.plain_pem.write_bytes(_pem(key, b"") + chain)
    curve = ec.generate_private_key(ec.SECP256R1())
    other = _certificate("Văn thư Mẫu EC", curve, (root, root_key))
    ec_p12 = pkcs12.serialize_key_and_certificates(b"box", curve, other, None, NoEncryption())
    keyring.ec_p12.write_bytes(ec_p12)


def _pem(key: Key, secret: bytes) -> bytes:
    form = BestAvailableEncryption(secret) if secret else NoEncryption()
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, form)


def _certificate(
    name: str,
    key: Key,
    issuer: tuple[x509.Certificate, Key] | None,
    start: datetime | None = None,
) -> x509.Certificate:
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    start = start or datetime.now(UTC) - timedelta(days=1)
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer[0].subject if issuer else subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(start)
        .not_valid_after(start + timedelta(days=30))
        .add_extension(x509.BasicConstraints(ca=issuer is None, path_length=None), critical=True)
    )
    if issuer:
        alternative = x509.SubjectAlternativeName([x509.IPAddress(IPv4Address("127.0.0.1"))])
        usage = [ExtendedKeyUsageOID.EMAIL_PROTECTION, ExtendedKeyUsageOID.SERVER_AUTH]
        builder = builder.add_extension(alternative, critical=False)
        builder = builder.add_extension(x509.ExtendedKeyUsage(usage), critical=False)
    return builder.sign(issuer[1] if issuer else key, hashes.SHA256())
