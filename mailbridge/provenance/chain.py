"""From a signer's certificate to a configured root, and what the imported CRLs say on the way."""

import asyncio
import logging
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from itertools import pairwise

from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import ExtendedKeyUsageOID
from pyhanko_certvalidator import CertificateValidator, ValidationContext
from pyhanko_certvalidator.errors import PathBuildingError, PathValidationError, ValidationError

from mailbridge.model.evidence import Trust
from mailbridge.provenance.codes import Code
from mailbridge.provenance.trust import Crl, TrustStore

logging.getLogger("pyhanko_certvalidator").setLevel(logging.ERROR)
logging.getLogger("pyhanko").setLevel(logging.ERROR)

# Documents are signed under many policies; a certificate for servers is none of them.
_DOCUMENT_USES = {
    ExtendedKeyUsageOID.EMAIL_PROTECTION,
    ExtendedKeyUsageOID.ANY_EXTENDED_KEY_USAGE,
    x509.ObjectIdentifier("1.3.6.1.5.5.7.3.36"),
    x509.ObjectIdentifier("1.3.6.1.4.1.311.10.3.12"),
    x509.ObjectIdentifier("1.2.840.113583.1.1.5"),
}
_MAIL_USES = {ExtendedKeyUsageOID.EMAIL_PROTECTION, ExtendedKeyUsageOID.ANY_EXTENDED_KEY_USAGE}
_UNDERSTOOD = {x509.CRLNumber.oid, x509.AuthorityKeyIdentifier.oid}


@dataclass(frozen=True, slots=True)
class Chain:
    """What the chain of one signer came to; revocation data that is missing leaves it trusted."""

    trust: Trust
    codes: tuple[tuple[Code, str], ...]


def judge(
    certificate: x509.Certificate,
    enclosed: tuple[x509.Certificate, ...],
    store: TrustStore,
    at: datetime,
    claimed: datetime | None,
    *,
    document: bool,
) -> Chain:
    """Judge a signer's certificate as of the moment of signing (DESIGN section 3)."""
    codes = [*_use(certificate, document=document)]
    path = _path(certificate, enclosed, store)
    if isinstance(path, Code):
        return Chain(Trust.UNTRUSTED, (*codes, (path, "")))
    for member in path:
        if at < member.not_valid_before_utc:
            codes.append((Code.NOT_YET_VALID, ""))
        elif at > member.not_valid_after_utc:
            # A claimed time is shown and excuses nothing: it makes a no into a cannot tell.
            earlier = claimed is not None and claimed <= member.not_valid_after_utc
            codes.append((Code.EXPIRED_CLAIMED_EARLIER if earlier else Code.EXPIRED, ""))
    for member, issuer in pairwise(path):
        codes += _revocation(member, issuer, store, at)
    against = {
        Code.NOT_YET_VALID, Code.EXPIRED, Code.EXPIRED_CLAIMED_EARLIER, Code.REVOKED, Code.WRONG_USE
    }  # fmt: skip
    is_trusted = not any(code in against for code, _ in codes)
    return Chain(Trust.TRUSTED if is_trusted else Trust.UNTRUSTED, tuple(dict.fromkeys(codes)))


def _use(certificate: x509.Certificate, *, document: bool) -> list[tuple[Code, str]]:
    """RFC 5280 §4.2.1.3 and §4.2.1.12: the certificate must be for signing, and for this."""
    try:
        usage = certificate.extensions.get_extension_for_class(x509.KeyUsage).value
        if not (usage.digital_signature or usage.content_commitment):
            return [(Code.WRONG_USE, "")]
    except (x509.ExtensionNotFound, ValueError):
        pass
    try:
        uses = set(certificate.extensions.get_extension_for_class(x509.ExtendedKeyUsage).value)
    except (x509.ExtensionNotFound, ValueError):
        return []
    return [] if uses & (_DOCUMENT_USES if document else _MAIL_USES) else [(Code.WRONG_USE, "")]


def _path(
    certificate: x509.Certificate, enclosed: tuple[x509.Certificate, ...], store: TrustStore
) -> tuple[x509.Certificate, ...] | Code:
    others = tuple(dict.fromkeys((*enclosed, *store.certificates)))
    return _built(certificate, others, store)


@lru_cache(maxsize=512)
def _built(
    certificate: x509.Certificate, others: tuple[x509.Certificate, ...], store: TrustStore
) -> tuple[x509.Certificate, ...] | Code:
    """Build and verify the path while every member was valid; validity itself is judged after."""
    if certificate in store.roots:
        return (certificate,)
    within = certificate.not_valid_after_utc - timedelta(seconds=1)
    for moment in (within, certificate.not_valid_before_utc + timedelta(seconds=1)):
        context = ValidationContext(
            trust_roots=[_asn1(root) for root in store.roots],
            other_certs=[_asn1(other) for other in others],
            moment=moment,
            allow_fetching=False,
            revocation_mode="soft-fail",
        )
        validator = CertificateValidator(_asn1(certificate), validation_context=context)
        try:
            found = asyncio.run(validator.async_validate_path())
        except PathBuildingError:
            continue
        except (PathValidationError, ValidationError, ValueError):
            continue
        members = [
            x509.load_der_x509_certificate(c.dump()) for c in found.iter_certs(include_root=True)
        ]
        return tuple(reversed(members))
    known = {c.subject.public_bytes() for c in (*others, *store.roots)}
    return Code.UNKNOWN_ROOT if certificate.issuer.public_bytes() in known else Code.NO_CHAIN


def _asn1(certificate: x509.Certificate) -> asn1_x509.Certificate:
    return asn1_x509.Certificate.load(certificate.public_bytes(Encoding.DER))


def _revocation(
    member: x509.Certificate, issuer: x509.Certificate, store: TrustStore, at: datetime
) -> list[tuple[Code, str]]:
    """RFC 5280 §6.3: look the serial number up in the newest usable list of its issuer."""
    usable = [entry for entry in store.crls if _is_usable(entry, issuer, store)]
    if not usable:
        return [(Code.REVOCATION_UNCHECKED, "")]
    newest = max(usable, key=lambda entry: entry.crl.last_update_utc)
    entry = newest.crl.get_revoked_certificate_by_serial_number(member.serial_number)
    if entry is not None:
        if entry.revocation_date_utc <= at:
            return [(Code.REVOKED, "")]
        return [(Code.REVOKED_LATER, "")]
    until = newest.crl.next_update_utc
    if until is None or until < at:
        since = (until or newest.crl.last_update_utc).strftime("%d/%m/%Y")
        return [(Code.REVOCATION_STALE, since)]
    return []


def _is_usable(entry: Crl, issuer: x509.Certificate, store: TrustStore) -> bool:
    """RFC 5280 §5.2: of this issuer, signed by it, and without a scope that we do not know."""
    if entry.crl.issuer != issuer.subject:
        return False
    key = (entry.fingerprint, issuer.fingerprint(SHA256()).hex())
    if key not in store.verified:
        critical = {e.oid for e in entry.crl.extensions if e.critical} - _UNDERSTOOD
        public = issuer.public_key()
        store.verified[key] = not critical and entry.crl.is_signature_valid(public)  # type: ignore[arg-type]
    return store.verified[key]
