"""What lists of revocations say of one certificate (RFC 5280 §6.3)."""

from collections.abc import Iterable

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec, ed448, ed25519, rsa

from mailbridge.provenance.certificates import UNREADABLE, extension, fingerprint, public_key
from mailbridge.provenance.statements import Statement
from mailbridge.provenance.trust import Crl, TrustStore

_UNDERSTOOD = {
    x509.CRLNumber.oid,
    x509.AuthorityKeyIdentifier.oid,
    x509.IssuingDistributionPoint.oid,
}
# A list may still name certificates after their end (RFC 5280 §5.2 leaves it to X.509 §9.5.2.8).
_EXPIRED_TOO = x509.ObjectIdentifier("2.5.29.60")
_STRONG = {"sha256", "sha384", "sha512"}
_KEYS = (
    rsa.RSAPublicKey,
    ec.EllipticCurvePublicKey,
    ed25519.Ed25519PublicKey,
    ed448.Ed448PublicKey,
)


def statements(
    member: x509.Certificate, issuer: x509.Certificate, store: TrustStore, others: Iterable[Crl]
) -> list[Statement]:
    """Let every genuine list of the issuer speak; those of the store are verified once."""
    own: dict[tuple[str, str], bool] = {}
    listed = [(each, store.verified) for each in store.crls]
    listed += [(each, own) for each in others]
    made = [
        _statement(each, member)
        for each, known in listed
        if is_genuine(each, issuer, known) and _speaks_of(each, member)
    ]
    return [each for each in made if each is not None]


def _statement(entry: Crl, member: x509.Certificate) -> Statement | None:
    said, until = entry.crl.last_update_utc, entry.crl.next_update_utc
    revoked = entry.revoked(member.serial_number)
    if revoked is None and said > member.not_valid_after_utc and not _names_expired(entry):
        # RFC 5280 §3.3: what is expired leaves the list, so its absence says nothing any more.
        return None
    # A list without a next update would never grow old.
    return Statement(said, until or said, *(revoked or ()))


def _names_expired(entry: Crl) -> bool:
    return any(each.oid == _EXPIRED_TOO for each in entry.crl.extensions)


def is_genuine(entry: Crl, issuer: x509.Certificate, known: dict[tuple[str, str], bool]) -> bool:
    """Tell whether that issuer made the list; the answer is kept in `known`."""
    key = (entry.fingerprint, fingerprint(issuer))
    if key not in known:
        try:
            known[key] = _is_signed_by(entry.crl, issuer)
        except (InvalidSignature, *UNREADABLE):
            known[key] = False
    return known[key]


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
