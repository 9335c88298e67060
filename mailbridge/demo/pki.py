"""An invented hierarchy of keys: root, intermediate, and whoever signs under them."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import (
    AuthorityInformationAccessOID,
    ExtendedKeyUsageOID,
    NameOID,
    ObjectIdentifier,
)

Key = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey
EMAIL = (ExtendedKeyUsageOID.EMAIL_PROTECTION,)
SERVER = (ExtendedKeyUsageOID.SERVER_AUTH,)
STAMPS = (ExtendedKeyUsageOID.TIME_STAMPING,)
ANSWERS = (ExtendedKeyUsageOID.OCSP_SIGNING,)
YEAR = timedelta(days=365)
_PEM = serialization.Encoding.PEM
_DER = serialization.Encoding.DER
_POOL: dict[tuple[str, str], Key] = {}


@dataclass(frozen=True, slots=True)
class Identity:
    """A key, its certificate, and the certificates above it: issuer first, root last."""

    key: Key
    certificate: x509.Certificate
    chain: tuple[x509.Certificate, ...] = ()

    @property
    def fingerprint(self) -> str:
        """SHA-256 of the DER certificate in lower-case hex, as the directory pins it."""
        return hashlib.sha256(self.der()).hexdigest()

    @property
    def issuer(self) -> x509.Certificate:
        """The certificate that signed this one; a root's is its own."""
        return self.chain[0] if self.chain else self.certificate

    def der(self) -> bytes:
        """Encode the certificate as DER."""
        return self.certificate.public_bytes(_DER)

    def pem(self) -> bytes:
        """Encode the certificate as PEM, without its chain."""
        return self.certificate.public_bytes(_PEM)

    def chain_pem(self) -> bytes:
        """Encode the certificates above as PEM, issuer first."""
        return b"".join(above.public_bytes(_PEM) for above in self.chain)

    def key_pem(self) -> bytes:
        """Encode the private key as PKCS#8 PEM without a password."""
        plain = serialization.NoEncryption()
        return self.key.private_bytes(_PEM, serialization.PrivateFormat.PKCS8, plain)

    def p12(self, password: str) -> bytes:
        """Pack key, certificate and chain as PKCS#12."""
        lock = serialization.BestAvailableEncryption(password.encode())
        return pkcs12.serialize_key_and_certificates(
            b"demo", self.key, self.certificate, self.chain, lock
        )


@dataclass(frozen=True, slots=True)
class Profile:
    """What a certificate says; `email` becomes the rfc822Name that RFC 8550 §3 compares."""

    name: x509.Name
    start: datetime
    end: datetime
    email: str = ""
    # Extended key usage; empty leaves the extension out, so that every use is allowed.
    uses: tuple[ObjectIdentifier, ...] = ()
    crl_url: str = ""
    ocsp_url: str = ""


def key(label: str, kind: str = "rsa") -> Key:
    """Make a key once per process and label; "rsa" is RSA-2048, "ec" is P-256."""
    pair = (label, kind)
    if pair not in _POOL:
        _POOL[pair] = _fresh_key(kind)
    return _POOL[pair]


def _fresh_key(kind: str) -> Key:
    if kind == "ec":
        return ec.generate_private_key(ec.SECP256R1())
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


def name(common: str, organization: str = "", unit: str = "", place: str = "") -> x509.Name:
    """Write a Vietnamese subject: C=VN, then what is given, the common name last."""
    fields = (
        (NameOID.COUNTRY_NAME, "VN"),
        (NameOID.LOCALITY_NAME, place),
        (NameOID.ORGANIZATION_NAME, organization),
        (NameOID.ORGANIZATIONAL_UNIT_NAME, unit),
        (NameOID.COMMON_NAME, common),
    )
    return x509.Name([x509.NameAttribute(oid, value) for oid, value in fields if value])


def authority(profile: Profile, own: Key, above: Identity | None = None) -> Identity:
    """Make a root, or an intermediate under `above` that may issue end certificates only."""
    constraints = x509.BasicConstraints(ca=True, path_length=0 if above else 1)
    return _certified(profile, own, above, [constraints, _usage(authority=True)])


def issue(issuer: Identity, profile: Profile, own: Key) -> Identity:
    """Make a certificate of an end user: it signs, and a mailbox's locks, too."""
    says: list[x509.ExtensionType] = [
        x509.BasicConstraints(ca=False, path_length=None),
        _usage(authority=False, locks=profile.uses == EMAIL),
    ]
    if profile.uses:
        says.append(x509.ExtendedKeyUsage(profile.uses))
    if profile.email:
        says.append(x509.SubjectAlternativeName([x509.RFC822Name(profile.email)]))
    if profile.crl_url:
        where = [x509.UniformResourceIdentifier(profile.crl_url)]
        says.append(x509.CRLDistributionPoints([x509.DistributionPoint(where, None, None, None)]))
    if profile.ocsp_url:
        place = x509.UniformResourceIdentifier(profile.ocsp_url)
        access = x509.AccessDescription(AuthorityInformationAccessOID.OCSP, place)
        says.append(x509.AuthorityInformationAccess([access]))
    if profile.uses == ANSWERS:
        # RFC 6960 §4.2.2.2.1: nobody asks whether the one who answers was revoked.
        says.append(x509.OCSPNoCheck())
    return _certified(profile, own, issuer, says)


def crl(
    issuer: Identity,
    start: datetime,
    end: datetime,
    revoked: Iterable[tuple[Identity, datetime]] = (),
    entries: int = 0,
    reason: x509.ReasonFlags | None = None,
) -> bytes:
    """Make a list of revocations as DER; `entries` adds so many serials of nobody."""
    listed = [_revoked(who.certificate.serial_number, since, reason) for who, since in revoked]
    listed += [_revoked(2**60 + number, start) for number in range(entries)]
    # Given at once: a builder that is given them one by one copies the list each time.
    builder = x509.CertificateRevocationListBuilder(revoked_certificates=listed)
    builder = builder.issuer_name(issuer.certificate.subject).last_update(start).next_update(end)
    for says in (_key_of(issuer.key), x509.CRLNumber(int(start.timestamp()))):
        builder = builder.add_extension(says, critical=False)
    return builder.sign(issuer.key, hashes.SHA256()).public_bytes(_DER)


def _revoked(
    serial: int, since: datetime, reason: x509.ReasonFlags | None = None
) -> x509.RevokedCertificate:
    builder = x509.RevokedCertificateBuilder().serial_number(serial).revocation_date(since)
    if reason is not None:
        builder = builder.add_extension(x509.CRLReason(reason), critical=False)
    return builder.build()


def _certified(
    profile: Profile, own: Key, issuer: Identity | None, says: list[x509.ExtensionType]
) -> Identity:
    """Sign a certificate by its issuer, or by itself where there is none."""
    above = issuer.certificate.subject if issuer else profile.name
    signing = issuer.key if issuer else own
    builder = x509.CertificateBuilder(above, profile.name, own.public_key())
    builder = builder.serial_number(_serial(profile, own, above))
    builder = builder.not_valid_before(profile.start).not_valid_after(profile.end)
    subject = x509.SubjectKeyIdentifier.from_public_key(own.public_key())
    for extension in (*says, subject, _key_of(signing)):
        critical = isinstance(extension, x509.BasicConstraints | x509.KeyUsage)
        # RFC 3161 §2.3: whoever stamps does nothing else.
        critical |= isinstance(extension, x509.ExtendedKeyUsage) and profile.uses == STAMPS
        builder = builder.add_extension(extension, critical)
    certificate = builder.sign(signing, hashes.SHA256())
    return Identity(own, certificate, (issuer.certificate, *issuer.chain) if issuer else ())


def _key_of(signing: Key) -> x509.AuthorityKeyIdentifier:
    return x509.AuthorityKeyIdentifier.from_issuer_public_key(signing.public_key())


def _serial(profile: Profile, own: Key, above: x509.Name) -> int:
    """Derive the serial from what is certified: same question, same certificate."""
    public = own.public_key().public_bytes(_DER, serialization.PublicFormat.SubjectPublicKeyInfo)
    cause = f"{profile}{above}".encode() + public
    return int.from_bytes(hashlib.sha256(cause).digest()[:15], "big") | 1


def _usage(*, authority: bool, locks: bool = False) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not authority,
        content_commitment=not authority,
        key_encipherment=locks,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=authority,
        crl_sign=authority,
        encipher_only=False,
        decipher_only=False,
    )
