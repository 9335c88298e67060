"""What the imported CRLs say of one certificate (RFC 5280 §6.3)."""

from datetime import datetime

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec, ed448, ed25519, rsa

from mailbridge.provenance.certificates import UNREADABLE, extension, fingerprint, public_key
from mailbridge.provenance.codes import Code
from mailbridge.provenance.trust import Crl, TrustStore

_UNDERSTOOD = {
    x509.CRLNumber.oid,
    x509.AuthorityKeyIdentifier.oid,
    x509.IssuingDistributionPoint.oid,
}
_STRONG = {"sha256", "sha384", "sha512"}
_KEYS = (
    rsa.RSAPublicKey,
    ec.EllipticCurvePublicKey,
    ed25519.Ed25519PublicKey,
    ed448.Ed448PublicKey,
)


def judge(
    member: x509.Certificate, issuer: x509.Certificate, store: TrustStore, at: datetime
) -> tuple[Code, str] | None:
    """Look it up in the newest list of its issuer; None where nothing is against it."""
    usable = [
        each for each in store.crls if is_genuine(each, issuer, store) and _speaks_of(each, member)
    ]
    if not usable:
        return Code.REVOCATION_UNCHECKED, ""
    newest = max(usable, key=lambda each: each.crl.last_update_utc)
    since = newest.revoked_since(member.serial_number)
    if since is not None:
        return (Code.REVOKED, f"{since:%d/%m/%Y}") if since <= at else (Code.REVOKED_LATER, "")
    until = newest.crl.next_update_utc
    if until is None or until < at:
        # A list without a next update would never grow old.
        return Code.REVOCATION_STALE, f"{until or newest.crl.last_update_utc:%d/%m/%Y}"
    return None


def is_genuine(entry: Crl, issuer: x509.Certificate, store: TrustStore) -> bool:
    """Tell whether that issuer made the list; the answer is kept with the store."""
    key = (entry.fingerprint, fingerprint(issuer))
    if key not in store.verified:
        try:
            store.verified[key] = _is_signed_by(entry.crl, issuer)
        except (InvalidSignature, *UNREADABLE):
            store.verified[key] = False
    return store.verified[key]


def _is_signed_by(crl: x509.CertificateRevocationList, issuer: x509.Certificate) -> bool:
    """Hold the list to its issuer: name, right (RFC 5280 §4.2.1.3), signature, known scope."""
    usage = extension(issuer, x509.KeyUsage)
    key = public_key(issuer)
    hashed = crl.signature_hash_algorithm
    return (
        crl.issuer == issuer.subject
        and (usage is None or usage.crl_sign)
        and (hashed is None or hashed.name in _STRONG)
        # RFC 5280 §5.2: a critical extension that is not understood makes the list useless.
        and not {each.oid for each in crl.extensions if each.critical} - _UNDERSTOOD
        and isinstance(key, _KEYS)
        and crl.is_signature_valid(key)
    )


def _speaks_of(entry: Crl, member: x509.Certificate) -> bool:
    """Tell whether the scope of the list includes this certificate (RFC 5280 §6.3.3)."""
    try:
        scope = entry.crl.extensions.get_extension_for_class(x509.IssuingDistributionPoint).value
    except x509.ExtensionNotFound:
        return True
    if scope.indirect_crl or scope.only_contains_attribute_certs or scope.only_some_reasons:
        return False
    return _fits(scope, member)


def _fits(scope: x509.IssuingDistributionPoint, member: x509.Certificate) -> bool:
    try:
        limits = extension(member, x509.BasicConstraints)
        points = extension(member, x509.CRLDistributionPoints)
    except UNREADABLE:
        return False
    is_authority = limits is not None and limits.ca
    excluded = scope.only_contains_user_certs if is_authority else scope.only_contains_ca_certs
    named = {name for point in points or () for name in point.full_name or ()}
    return not excluded and (not scope.full_name or bool(named & set(scope.full_name)))
