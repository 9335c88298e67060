"""The signatures of one CMS, each judged alone: digest, signed attributes, signature value."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from asn1crypto import cms, core
from asn1crypto import x509 as asn1_x509
from cryptography import x509

from mailbridge.model.evidence import Integrity
from mailbridge.provenance import attributes, enclosures
from mailbridge.provenance.certificates import UNREADABLE, key_identifier
from mailbridge.provenance.codes import Code, Codes
from mailbridge.provenance.enclosures import Enclosed
from mailbridge.provenance.mechanism import (
    HASHES,
    SHAKE,
    WEAK,
    digest,
    verify,
    verify_digest,
    weakness,
)

# Signed in a thousand names: each name costs a verification.
SIGNERS = 16
# A signature stamped a thousand times: each token costs a verification.
TOKENS = 4
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
    # What else travels with it: lists of revocations and OCSP answers.
    proofs: Enclosed = field(default_factory=Enclosed)
    # The signature value, and the time-stamp tokens over it as DER (RFC 3161 §2.4.2).
    value: bytes = b""
    tokens: tuple[bytes, ...] = ()

    def digest(self, name: str) -> bytes:
        """Hash the signature value, as a time-stamp over it does."""
        return hashlib.new(name, self.value).digest()


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
    enclosed: Enclosed
    known: Certificates
    # Octets of which a signature without signed attributes may be taken as one.
    bare: bool = False


def signatures(
    der: bytes, outside: Content | Digest | None, known: Certificates, *, bare: bool = False
) -> list[Signature]:
    """Judge every signature of a SignedData (RFC 5652 §5.6); nothing in it raises.

    `bare`: what is signed cannot be taken for signed attributes, so these may be absent; it is
    said all the same.
    """
    if callable(outside):
        outside = Content(outside, lambda _: b"")
    try:
        info = cms.ContentInfo.load(der)
        if info["content_type"].native != "signed_data":
            return [UNVERIFIABLE]
        data = info["content"]
        contents = tuple(each for each in (outside, _inside(data)) if each is not None)
        kind = data["encap_content_info"]["content_type"].native
        signed = _Signed(contents, kind, enclosures.of_cms(data), known, bare)
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
    # In BER the octets come in pieces (RFC 5652 §5.2); of PKCS #7, any other type may stand here.
    is_octets = isinstance(content, core.OctetString | core.ParsableOctetString)
    octets = bytes(content) if is_octets else content.contents
    return Content(lambda name: digest(name, [octets]), lambda size: octets[:size])


def carried(der: bytes) -> bytes:
    """Give the octets that a SignedData carries; raises one of `FOREIGN` if it is none."""
    return bytes(cms.ContentInfo.load(der)["content"]["encap_content_info"]["content"])


def _guarded(info: cms.SignerInfo, signed: _Signed) -> Signature:
    try:
        return _judge(info, signed)
    except FOREIGN:
        return BROKEN


def _judge(info: cms.SignerInfo, signed: _Signed) -> Signature:
    certificate = _named(info["sid"], (*signed.enclosed.certificates, *signed.known))
    own = info["signed_attrs"]
    proofs = signed.enclosed + enclosures.of_signer(info)
    found = Signature(Integrity.BROKEN, (), certificate, None, proofs.certificates, proofs)
    is_like = any(attributes.is_like(each.head(attributes.SIZE)) for each in signed.contents)
    if is_like or (not own and not signed.bare):
        # RFC 5652 §5.3 allows signed attributes to be absent; then those of another signature
        # could be presented as this content, and such a content as somebody's attributes.
        return replace(found, codes=((Code.NO_SIGNED_ATTRIBUTES, ""),))
    integrity = _digests(info, own, signed) if own else _direct(info, signed, certificate)
    if own and integrity is Integrity.INTACT:
        integrity = _value(info, own, certificate)
    bare: Codes = () if own else ((Code.NO_SIGNED_ATTRIBUTES, ""),)
    return replace(
        found,
        integrity=integrity,
        codes=(*_SAID[integrity], *bare, *_weak(info, certificate), *_countersigned(info)),
        claimed_time=_time(own) if own else None,
        value=info["signature"].native,
        tokens=_tokens(info),
    )


def _direct(
    info: cms.SignerInfo, signed: _Signed, certificate: x509.Certificate | None
) -> Integrity:
    """Verify a signature over the content itself (RFC 5652 §5.4)."""
    name = info["digest_algorithm"]["algorithm"].native
    if certificate is None or name not in HASHES or len(signed.contents) != 1:
        return Integrity.UNVERIFIABLE
    return verify_digest(info, signed.contents[0].digest(name), certificate)


def _weak(info: cms.SignerInfo, certificate: x509.Certificate | None) -> Codes:
    name = info["digest_algorithm"]["algorithm"].native
    if name in WEAK:
        return ((Code.WEAK_ALGORITHM, name),)
    return weakness(info["signature_algorithm"], certificate)


def _countersigned(info: cms.SignerInfo) -> Codes:
    """Tell of a countersignature (RFC 5652 §11.4): it signs the signature, never the content."""
    kinds = [each["type"].native for each in info["unsigned_attrs"] or ()]
    return ((Code.COUNTERSIGNED, ""),) if "counter_signature" in kinds else ()


def _digests(info: cms.SignerInfo, own: cms.CMSAttributes, signed: _Signed) -> Integrity:
    """Compare the message digest and the content type (RFC 5652 §11.1, §11.2)."""
    name = info["digest_algorithm"]["algorithm"].native
    if name not in HASHES.keys() | SHAKE.keys() or not signed.contents:
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
    if not attributes.pins(own, certificate) or not attributes.protects(own, info):
        return Integrity.BROKEN
    # RFC 5652 §5.4: what is signed is a SET OF, not the implicit tag of the field. Nearly everybody
    # sends what he signed, be it sorted or not.
    integrity = verify(info, b"\x31" + own.dump()[1:], certificate)
    if integrity is Integrity.BROKEN:
        # Who sends another encoding has signed the DER all the same.
        return verify(info, own.untag().dump(force=True), certificate)
    return integrity


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


def _tokens(info: cms.SignerInfo) -> tuple[bytes, ...]:
    """Take the time-stamp tokens over this signature (RFC 3161 §A)."""
    found = [
        value.dump()
        for each in info["unsigned_attrs"] or ()
        if each["type"].native == "signature_time_stamp_token"
        for value in each["values"]
    ]
    return tuple(found[:TOKENS])
