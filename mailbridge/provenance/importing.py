"""Roots, intermediates and lists before they are trusted: what they are, and what is wrong.

Only administrators' files come here; nothing of a mail does.
"""

import warnings
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from asn1crypto import pem
from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding

from mailbridge.model.trust_file import TrustFault, TrustFaultError, TrustFile, TrustKind
from mailbridge.provenance.certificates import UNREADABLE, extension, fingerprint, public_key
from mailbridge.provenance.mechanism import WEAK

_RSA_BITS, _EC_BITS = 2048, 224


def certificates(octets: bytes, kind: TrustKind | None, now: datetime) -> tuple[TrustFile, ...]:
    """Read authorities from DER or PEM; raises TrustFaultError at the first that is none.

    Without a kind, who signed himself is a root and who did not is an intermediate.
    """
    with warnings.catch_warnings():
        # Old authorities number from zero; cryptography warns, and reads them all the same.
        warnings.simplefilter("ignore")
        try:
            found = [x509.load_der_x509_certificate(der) for der in ders(octets)]
            return tuple(_examined(one, kind, now) for one in found)
        except UNREADABLE as error:
            raise TrustFaultError(TrustFault.UNREADABLE) from error


def entry(certificate: x509.Certificate, kind: TrustKind) -> TrustFile:
    """Describe a certificate."""
    return TrustFile(
        kind=kind,
        fingerprint=fingerprint(certificate),
        subject=certificate.subject.rfc4514_string(),
        issuer=certificate.issuer.rfc4514_string(),
        starts=certificate.not_valid_before_utc,
        ends=certificate.not_valid_after_utc,
        octets=certificate.public_bytes(Encoding.DER),
    )


def listed(folder: Path) -> tuple[TrustFile, ...]:
    """List what lies in the trust folder; a file that cannot be read is listed without a name."""
    return tuple(
        one
        for kind in (TrustKind.ROOT, TrustKind.INTERMEDIATE, TrustKind.CRL)
        for path in sorted((folder / kind.folder).glob("*"))
        if path.is_file()
        for one in _in_file(path, kind)
    )


def ders(octets: bytes) -> Iterator[bytes]:
    """Take the DER objects out of a file, PEM or not; never a private key."""
    if b"PRIVATE KEY" in octets:
        raise TrustFaultError(TrustFault.PRIVATE_KEY)
    if not pem.detect(octets):
        yield octets
        return
    for _, _, der in pem.unarmor(octets, multiple=True):
        yield der


def of_list(crl: x509.CertificateRevocationList) -> TrustFile:
    """Describe a list of revocations; its scope is the octets of its distribution point."""
    try:
        point = crl.extensions.get_extension_for_class(x509.IssuingDistributionPoint)
        scope = point.value.public_bytes().hex()
    except x509.ExtensionNotFound:
        scope = ""
    return TrustFile(
        kind=TrustKind.CRL,
        fingerprint=crl.fingerprint(SHA256()).hex(),
        subject=crl.issuer.rfc4514_string(),
        issuer=crl.issuer.rfc4514_string(),
        starts=crl.last_update_utc,
        ends=crl.next_update_utc,
        octets=crl.public_bytes(Encoding.DER),
        scope=scope,
    )


def _in_file(path: Path, kind: TrustKind) -> Iterator[TrustFile]:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            for der in ders(path.read_bytes()):
                if kind is TrustKind.CRL:
                    one = of_list(x509.load_der_x509_crl(der))
                else:
                    one = entry(x509.load_der_x509_certificate(der), kind)
                yield replace(one, name=path.name)
    except (OSError, TrustFaultError, *UNREADABLE):
        yield TrustFile(kind, "", "", "", None, None, b"", path.name)


def _examined(certificate: x509.Certificate, kind: TrustKind | None, now: datetime) -> TrustFile:
    """Hold it to what an authority is (RFC 5280 §4.2.1.9, §4.2.1.3)."""
    name = certificate.subject.rfc4514_string()
    is_root = _is_self_signed(certificate)
    chosen = kind or (TrustKind.ROOT if is_root else TrustKind.INTERMEDIATE)
    faults = (
        (TrustFault.NOT_AN_AUTHORITY, not _is_authority(certificate)),
        (TrustFault.NOT_SELF_SIGNED, chosen is TrustKind.ROOT and not is_root),
        (TrustFault.SELF_SIGNED, chosen is TrustKind.INTERMEDIATE and is_root),
        (TrustFault.NOT_YET_VALID, now < certificate.not_valid_before_utc),
        (TrustFault.EXPIRED, certificate.not_valid_after_utc < now),
        (TrustFault.WEAK, _is_weak(certificate, is_root=is_root)),
    )
    for fault, stands in faults:
        if stands:
            raise TrustFaultError(fault, name)
    return entry(certificate, chosen)


def _is_authority(certificate: x509.Certificate) -> bool:
    limits = extension(certificate, x509.BasicConstraints)
    usage = extension(certificate, x509.KeyUsage)
    return limits is not None and limits.ca and (usage is None or usage.key_cert_sign)


def _is_self_signed(certificate: x509.Certificate) -> bool:
    try:
        certificate.verify_directly_issued_by(certificate)
    except (InvalidSignature, *UNREADABLE):
        return False
    return True


def _is_weak(certificate: x509.Certificate, *, is_root: bool) -> bool:
    """Refuse short keys, and weak hashes but a root's own: nobody relies on that signature."""
    key = public_key(certificate)
    if isinstance(key, rsa.RSAPublicKey) and key.key_size < _RSA_BITS:
        return True
    if isinstance(key, ec.EllipticCurvePublicKey) and key.key_size < _EC_BITS:
        return True
    hashed = certificate.signature_hash_algorithm
    return key is None or (not is_root and hashed is not None and hashed.name in WEAK)
