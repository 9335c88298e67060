"""What OCSP answers say of one certificate (RFC 6960 §2)."""

import hashlib
from base64 import b64encode
from collections.abc import Callable
from datetime import datetime

from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec, ed448, ed25519, padding, rsa
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import ocsp
from cryptography.x509.oid import ExtendedKeyUsageOID

from mailbridge.provenance.certificates import UNREADABLE, extension, public_key
from mailbridge.provenance.mechanism import HASHES
from mailbridge.provenance.statements import Statement

_STRONG = {"sha256", "sha384", "sha512"}
_HASHED = {"sha1", "sha256", "sha384", "sha512"}
IsGood = Callable[[x509.Certificate, datetime], bool]


def statement(
    der: bytes, member: x509.Certificate, issuer: x509.Certificate, is_good: IsGood
) -> Statement | None:
    """Give what an answer says of this certificate; None where it is silent or not genuine.

    `is_good` looks a delegated responder up in the lists of its issuer (RFC 6960 §4.2.2.2.1).
    """
    try:
        response = ocsp.load_der_ocsp_response(der)
        if response.response_status is not ocsp.OCSPResponseStatus.SUCCESSFUL:
            return None
        said = [each for each in response.responses if _is_about(each, member, issuer)]
        if not said or not _is_genuine(response, issuer, is_good):
            return None
        return _statement(said[0])
    except (InvalidSignature, AttributeError, LookupError, *UNREADABLE):
        return None


def request(member: x509.Certificate, issuer: x509.Certificate) -> str:
    """Write the question for one certificate as base64 of its DER (RFC 6960 §4.1.1)."""
    builder = ocsp.OCSPRequestBuilder()
    # SHA-1 only names the issuer here; old responders know no other (RFC 5019 §2.1.1).
    made = builder.add_certificate(member, issuer, HASHES["sha1"]()).build()
    return b64encode(made.public_bytes(Encoding.DER)).decode("ascii")


def _statement(said: ocsp.OCSPSingleResponse) -> Statement | None:
    start = said.this_update_utc
    # Without a next update newer news is always to be had (RFC 6960 §4.2.2.1).
    until = said.next_update_utc or start
    if said.certificate_status is ocsp.OCSPCertStatus.GOOD:
        return Statement(start, until)
    if said.certificate_status is ocsp.OCSPCertStatus.REVOKED:
        return Statement(start, until, said.revocation_time_utc, said.revocation_reason)
    return None


def _is_about(
    said: ocsp.OCSPSingleResponse, member: x509.Certificate, issuer: x509.Certificate
) -> bool:
    """Compare the CertID: serial number, and name and key of the issuer (RFC 6960 §4.1.1)."""
    name = said.hash_algorithm.name
    if said.serial_number != member.serial_number or name not in _HASHED:
        return False
    by_name = hashlib.new(name, member.issuer.public_bytes()).digest()
    by_key = hashlib.new(name, _key_octets(issuer)).digest()
    return said.issuer_name_hash == by_name and said.issuer_key_hash == by_key


def _is_genuine(response: ocsp.OCSPResponse, issuer: x509.Certificate, is_good: IsGood) -> bool:
    """Hold the answer to its responder: the issuer, or whom it named for that."""
    hashed = response.signature_hash_algorithm
    if hashed is not None and hashed.name not in _STRONG:
        return False
    for candidate in (issuer, *response.certificates):
        if _is_named(response, candidate) and (
            candidate == issuer or _is_delegated(response, candidate, issuer, is_good)
        ):
            _verify(response, candidate)
            return True
    return False


def _is_named(response: ocsp.OCSPResponse, candidate: x509.Certificate) -> bool:
    """Compare with the responder's name, or the hash of its key (RFC 6960 §4.2.1)."""
    if response.responder_name is not None:
        return response.responder_name == candidate.subject
    # RFC 6960 §4.2.1: a KeyHash is always SHA-1, and names only; the signature proves.
    found = hashlib.new("sha1", _key_octets(candidate), usedforsecurity=False).digest()
    return response.responder_key_hash == found


def _is_delegated(
    response: ocsp.OCSPResponse,
    candidate: x509.Certificate,
    issuer: x509.Certificate,
    is_good: IsGood,
) -> bool:
    """Hold a delegated responder to its rights (RFC 6960 §4.2.2.2)."""
    candidate.verify_directly_issued_by(issuer)
    uses = extension(candidate, x509.ExtendedKeyUsage)
    made = response.produced_at_utc
    return (
        uses is not None
        and ExtendedKeyUsageOID.OCSP_SIGNING in uses
        and candidate.not_valid_before_utc <= made <= candidate.not_valid_after_utc
        and (extension(candidate, x509.OCSPNoCheck) is not None or is_good(candidate, made))
    )


def _verify(response: ocsp.OCSPResponse, responder: x509.Certificate) -> None:
    key, hashed = public_key(responder), response.signature_hash_algorithm
    octets, value = response.tbs_response_bytes, response.signature
    if isinstance(key, rsa.RSAPublicKey) and hashed is not None:
        key.verify(value, octets, padding.PKCS1v15(), hashed)
    elif isinstance(key, ec.EllipticCurvePublicKey) and hashed is not None:
        key.verify(value, octets, ec.ECDSA(hashed))
    elif isinstance(key, ed25519.Ed25519PublicKey | ed448.Ed448PublicKey):
        key.verify(value, octets)
    else:
        raise ValueError("a responder's key that is not known")


def _key_octets(certificate: x509.Certificate) -> bytes:
    """Give the key without tag, length and unused bits: what a CertID hashes."""
    parsed = asn1_x509.Certificate.load(certificate.public_bytes(Encoding.DER))
    key = parsed["tbs_certificate"]["subject_public_key_info"]["public_key"]
    return bytes(key.contents[1:])
