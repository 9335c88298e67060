"""The signatures of one CMS, each judged alone: digest, signed attributes, signature value."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from asn1crypto import cms, core
from asn1crypto import x509 as asn1_x509
from cryptography import x509

from mailbridge.model.evidence import Integrity
from mailbridge.provenance import attributes
from mailbridge.provenance.certificates import UNREADABLE, key_identifier
from mailbridge.provenance.codes import Code, Codes
from mailbridge.provenance.mechanism import HASHES, WEAK, verify, weakness

# Signed in a thousand names: each name costs a verification.
SIGNERS = 16
# A bag of a thousand certificates, among which a path is sought.
CERTIFICATES = 32
FOREIGN = (*UNREADABLE, LookupError, AttributeError, RecursionError, NotImplementedError)
Certificates = tuple[x509.Certificate, ...]
Digest = Callable[[str], bytes]


@dataclass(frozen=True, slots=True)
class Content:
    """Octets that a CMS signs: their digest by hash name, and their beginning."""

    digest: Digest
    head: Callable[[int], bytes]


@dataclass(frozen=True, slots=True)
class Signature:
    """One SignerInfo as judged; `certificate` is the one that its identifier names, if at hand."""

    integrity: Integrity
    codes: Codes = ()
    certificate: x509.Certificate | None = None
    claimed_time: datetime | None = None
    enclosed: Certificates = ()
    # A time-stamp token is there (RFC 3161 §2.4.2); tokens are not evaluated yet.
    has_token: bool = False


BROKEN = Signature(Integrity.BROKEN, ((Code.SEAL_BROKEN, ""),))
UNVERIFIABLE = Signature(Integrity.UNVERIFIABLE, ((Code.SEAL_UNVERIFIABLE, ""),))
_SAID: dict[Integrity, Codes] = {
    Integrity.INTACT: (),
    Integrity.BROKEN: BROKEN.codes,
    Integrity.UNVERIFIABLE: UNVERIFIABLE.codes,
}


@dataclass(frozen=True, slots=True)
class _Signed:
    """What all signers of one CMS share."""

    contents: tuple[Content, ...]
    kind: str
    enclosed: Certificates
    known: Certificates


def signatures(
    der: bytes, outside: Content | Digest | None, known: Certificates
) -> list[Signature]:
    """Judge every signature of a SignedData (RFC 5652 §5.6); nothing in it raises."""
    if callable(outside):
        outside = Content(outside, lambda _: b"")
    try:
        info = cms.ContentInfo.load(der)
        if info["content_type"].native != "signed_data":
            return [UNVERIFIABLE]
        data = info["content"]
        contents = tuple(each for each in (outside, _inside(data)) if each is not None)
        kind = data["encap_content_info"]["content_type"].native
        signed = _Signed(contents, kind, _certificates(data), known)
        signers = list(data["signer_infos"])
    except FOREIGN:
        return [BROKEN]
    judged = [_guarded(one, signed) for one in signers[:SIGNERS]]
    # Who is not judged is not shown as good: signers beyond the limit end as one more.
    return judged + ([UNVERIFIABLE] if len(signers) > SIGNERS or not signers else [])


def _inside(data: cms.SignedData) -> Content | None:
    """Take the content that the CMS carries; a detached one carries none (RFC 5652 §5.2)."""
    content = data["encap_content_info"]["content"]
    if isinstance(content, core.Void):
        return None
    octets = bytes(content) if isinstance(content, core.OctetString) else content.contents
    return Content(lambda name: hashlib.new(name, octets).digest(), lambda size: octets[:size])


def _certificates(data: cms.SignedData) -> Certificates:
    found = []
    for choice in list(data["certificates"] or ())[:CERTIFICATES]:
        if isinstance(choice.chosen, asn1_x509.Certificate):
            try:
                made = x509.load_der_x509_certificate(choice.chosen.dump())
                _ = made.subject, made.issuer, made.not_valid_after_utc, made.not_valid_before_utc
                found.append(made)
            except UNREADABLE:
                continue
    return tuple(found)


def _guarded(info: cms.SignerInfo, signed: _Signed) -> Signature:
    try:
        return _judge(info, signed)
    except FOREIGN:
        return BROKEN


def _judge(info: cms.SignerInfo, signed: _Signed) -> Signature:
    certificate = _named(info["sid"], (*signed.enclosed, *signed.known))
    own = info["signed_attrs"]
    if not own or any(attributes.is_like(each.head(attributes.SIZE)) for each in signed.contents):
        # RFC 5652 §5.3 allows signed attributes to be absent; then those of another signature
        # could be presented as this content, and such a content as somebody's attributes.
        codes = ((Code.NO_SIGNED_ATTRIBUTES, ""),)
        return Signature(Integrity.BROKEN, codes, certificate, None, signed.enclosed)
    integrity = _digests(info, own, signed)
    if integrity is Integrity.INTACT:
        integrity = _value(info, own, certificate)
    return Signature(
        integrity,
        (*_SAID[integrity], *_weak(info, certificate)),
        certificate,
        _time(own),
        signed.enclosed,
        _has_token(info),
    )


def _weak(info: cms.SignerInfo, certificate: x509.Certificate | None) -> Codes:
    name = info["digest_algorithm"]["algorithm"].native
    if name in WEAK:
        return ((Code.WEAK_ALGORITHM, name),)
    return weakness(info["signature_algorithm"], certificate)


def _digests(info: cms.SignerInfo, own: cms.CMSAttributes, signed: _Signed) -> Integrity:
    """Compare the message digest and the content type (RFC 5652 §11.1, §11.2)."""
    name = info["digest_algorithm"]["algorithm"].native
    if name not in HASHES or not signed.contents:
        return Integrity.UNVERIFIABLE
    wanted = attributes.one(own, "message_digest")
    # A detached signature that carries content as well must be that of both.
    same = all(each.digest(name) == wanted for each in signed.contents)
    same = same and attributes.one(own, "content_type") == signed.kind
    return Integrity.INTACT if same else Integrity.BROKEN


def _value(
    info: cms.SignerInfo, own: cms.CMSAttributes, certificate: x509.Certificate | None
) -> Integrity:
    if certificate is None:
        return Integrity.UNVERIFIABLE
    if not attributes.pins(own, certificate):
        return Integrity.BROKEN
    # RFC 5652 §5.4: what is signed is the DER of a SET OF, not the implicit tag of the field.
    return verify(info, own.untag().dump(force=True), certificate)


def _named(sid: cms.SignerIdentifier, candidates: Certificates) -> x509.Certificate | None:
    """Find the certificate that a signer identifier names (RFC 5652 §5.3)."""
    if sid.name != "issuer_and_serial_number":
        wanted = sid.chosen.native
        return next((each for each in candidates if key_identifier(each) == wanted), None)
    serial, issuer = sid.chosen["serial_number"].native, sid.chosen["issuer"]
    for each in candidates:
        if each.serial_number == serial:
            octets = each.issuer.public_bytes()
            if octets == issuer.dump() or asn1_x509.Name.load(octets) == issuer:
                return each
    return None


def _time(own: cms.CMSAttributes) -> datetime | None:
    time = attributes.one(own, "signing_time")
    return time.astimezone(UTC) if isinstance(time, datetime) and time.tzinfo else None


def _has_token(info: cms.SignerInfo) -> bool:
    kinds = [each["type"].native for each in info["unsigned_attrs"] or ()]
    return "signature_time_stamp_token" in kinds
