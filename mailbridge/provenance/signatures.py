"""The signatures of one CMS, each judged alone: digest, signed attributes, signature value."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from asn1crypto import cms
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, rsa

from mailbridge.model.evidence import Integrity
from mailbridge.provenance.codes import Code

# Signed in a thousand names: each name costs a verification.
SIGNERS = 16
_RSA_BITS = 2048
_HASHES: dict[str, type[hashes.HashAlgorithm]] = {
    "sha256": hashes.SHA256,
    "sha384": hashes.SHA384,
    "sha512": hashes.SHA512,
    "sha224": hashes.SHA224,
    "sha1": hashes.SHA1,
}
_WEAK = {"md5", "md2", "sha1"}
Digest = Callable[[str], bytes]


@dataclass(frozen=True, slots=True)
class Signature:
    """One SignerInfo as judged; `certificate` is the one that its identifier names, if enclosed."""

    integrity: Integrity
    codes: tuple[tuple[Code, str], ...] = ()
    certificate: x509.Certificate | None = None
    claimed_time: datetime | None = None
    enclosed: tuple[x509.Certificate, ...] = field(default=())


def signatures(
    der: bytes, digest: Digest | None, known: tuple[x509.Certificate, ...]
) -> list[Signature]:
    """Judge every signature of a SignedData; `digest` is over detached content by hash name."""
    try:
        data = cms.ContentInfo.load(der)["content"]
        enclosed = _certificates(data)
        content = data["encap_content_info"]["content"]
        infos = list(data["signer_infos"])[:SIGNERS]
        over = digest or _over(content.contents if content.native is not None else None, content)
        return [_judge(info, over, enclosed, known, data) for info in infos] or [
            Signature(Integrity.UNVERIFIABLE, ((Code.SEAL_UNVERIFIABLE, ""),))
        ]
    except (ValueError, TypeError, KeyError, AttributeError, OverflowError):
        return [Signature(Integrity.BROKEN, ((Code.SEAL_BROKEN, ""),))]


def _over(raw: bytes | None, content: object) -> Digest:
    native = getattr(content, "native", None)

    def digest(name: str) -> bytes:
        octets = native if isinstance(native, bytes) else raw
        if octets is None:
            raise LookupError("no content")
        return hashlib.new(name, octets).digest()

    return digest


def _certificates(data: cms.SignedData) -> tuple[x509.Certificate, ...]:
    found = []
    for choice in data["certificates"] or ():
        if isinstance(choice.chosen, asn1_x509.Certificate):
            try:
                found.append(x509.load_der_x509_certificate(choice.chosen.dump()))
            except ValueError:
                continue
    return tuple(found)


def _judge(
    info: cms.SignerInfo,
    digest: Digest,
    enclosed: tuple[x509.Certificate, ...],
    known: tuple[x509.Certificate, ...],
    data: cms.SignedData,
) -> Signature:
    certificate = _named(info["sid"], (*enclosed, *known))
    attributes = info["signed_attrs"]
    if not attributes:
        # RFC 5652 §5.3 allows them to be absent; then signed attributes of another signature
        # could be presented as this content.
        forged = ((Code.NO_SIGNED_ATTRIBUTES, ""),)
        return Signature(Integrity.BROKEN, forged, certificate, None, enclosed)
    name = info["digest_algorithm"]["algorithm"].native
    time = _attribute(attributes, "signing_time")
    claimed = time if isinstance(time, datetime) else None
    codes = [(Code.WEAK_ALGORITHM, name)] if name in _WEAK else []
    try:
        matches = _attribute(attributes, "message_digest") == digest(name)
        kind = _attribute(attributes, "content_type")
        matches = matches and kind == data["encap_content_info"]["content_type"].native
    except (LookupError, ValueError):
        matches = None
    if matches is False:
        codes.append((Code.SEAL_BROKEN, ""))
        return Signature(Integrity.BROKEN, tuple(codes), certificate, claimed, enclosed)
    if matches is None or certificate is None:
        codes.append((Code.SEAL_UNVERIFIABLE, ""))
        return Signature(Integrity.UNVERIFIABLE, tuple(codes), certificate, claimed, enclosed)
    integrity = _verified(info, attributes, certificate)
    if integrity is not Integrity.INTACT:
        code = Code.SEAL_BROKEN if integrity is Integrity.BROKEN else Code.SEAL_UNVERIFIABLE
        codes.append((code, ""))
    key = certificate.public_key()
    if isinstance(key, rsa.RSAPublicKey) and key.key_size < _RSA_BITS:
        codes.append((Code.WEAK_KEY, ""))
    return Signature(integrity, tuple(codes), certificate, claimed, enclosed)


def _named(
    sid: cms.SignerIdentifier, candidates: tuple[x509.Certificate, ...]
) -> x509.Certificate | None:
    for certificate in candidates:
        if sid.name == "issuer_and_serial_number":
            named = sid.chosen
            if (
                certificate.serial_number == named["serial_number"].native
                and certificate.issuer.public_bytes() == named["issuer"].dump()
            ):
                return certificate
        elif _key_identifier(certificate) == sid.chosen.native:
            return certificate
    return None


def _key_identifier(certificate: x509.Certificate) -> bytes | None:
    try:
        extension = certificate.extensions.get_extension_for_class(x509.SubjectKeyIdentifier)
    except (x509.ExtensionNotFound, ValueError):
        return None
    return extension.value.digest


def _attribute(attributes: cms.CMSAttributes, wanted: str) -> object:
    values = [a["values"] for a in attributes if a["type"].native == wanted]
    # RFC 5652 §11: exactly one attribute with exactly one value.
    if len(values) != 1 or len(values[0]) != 1:
        return None
    return values[0][0].native


def _verified(
    info: cms.SignerInfo, attributes: cms.CMSAttributes, certificate: x509.Certificate
) -> Integrity:
    # RFC 5652 §5.4: what is signed is the DER of a SET OF, not the implicit tag of the field.
    signed = attributes.untag().dump(force=True)
    try:
        _verify(info, signed, certificate)
    except InvalidSignature:
        return Integrity.BROKEN
    except (UnsupportedAlgorithm, LookupError, NotImplementedError, TypeError, ValueError):
        return Integrity.UNVERIFIABLE
    return Integrity.INTACT


def _verify(info: cms.SignerInfo, signed: bytes, certificate: x509.Certificate) -> None:
    algorithm = info["signature_algorithm"]
    value = info["signature"].native
    key = certificate.public_key()
    chosen = _HASHES[info["digest_algorithm"]["algorithm"].native]()
    if isinstance(key, rsa.RSAPublicKey) and algorithm.signature_algo == "rsassa_pss":
        parameters = algorithm["parameters"]
        chosen = _HASHES[parameters["hash_algorithm"]["algorithm"].native]()
        salt = parameters["salt_length"].native
        key.verify(value, signed, padding.PSS(padding.MGF1(chosen), salt), chosen)
    elif isinstance(key, rsa.RSAPublicKey):
        key.verify(value, signed, padding.PKCS1v15(), chosen)
    elif isinstance(key, ec.EllipticCurvePublicKey):
        key.verify(value, signed, ec.ECDSA(chosen))
    elif isinstance(key, ed25519.Ed25519PublicKey):
        key.verify(value, signed)
    else:
        raise NotImplementedError(type(key).__name__)
