"""Signatures as CMS SignedData (RFC 5652): the same question gives the same octets."""

import hashlib
from dataclasses import dataclass
from datetime import datetime

from asn1crypto import algos, cms, core, tsp, x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa, utils

from mailbridge.demo.pki import Identity, Key

_HASHES: dict[str, hashes.HashAlgorithm] = {
    "sha1": hashes.SHA1(),  # noqa: S303 - a sample that every verifier must refuse
    "sha256": hashes.SHA256(),
    "sha384": hashes.SHA384(),
    "sha512": hashes.SHA512(),
}


@dataclass(frozen=True, slots=True)
class Form:
    """What a signature carries beside the signature."""

    # The signing-time attribute; None leaves it out, as PAdES demands.
    when: datetime | None = None
    # With the signing-certificate-v2 attribute of CAdES (RFC 5035).
    cades: bool = False
    # "chain" without its root, "signer" alone, or "none".
    certificates: str = "chain"
    hash_name: str = "sha256"
    # The type of the content: "data", or "tst_info" of a time-stamp.
    kind: str = "data"
    # Over the content itself, without signed attributes, as some old programs do.
    bare: bool = False


def detached(octets: bytes, identity: Identity, form: Form | None = None) -> bytes:
    """Sign octets that stay outside, as DER."""
    form = form or Form()
    digest = hashlib.new(form.hash_name, octets).digest()
    return over_digest(digest, identity, form)


def enclosed(octets: bytes, identity: Identity, form: Form | None = None) -> bytes:
    """Sign octets and enclose them, as DER."""
    form = form or Form()
    digest = hashlib.new(form.hash_name, octets).digest()
    return over_digest(digest, identity, form, octets)


def over_digest(
    digest: bytes, identity: Identity, form: Form, content: bytes | None = None
) -> bytes:
    """Sign octets of which only the digest is known; `content` is enclosed where given."""
    attributes = _attributes(digest, identity, form)
    carried = content if form.kind == "data" else core.ParsableOctetString(content)
    inside = {"content_type": form.kind} | ({} if content is None else {"content": carried})
    signed = cms.SignedData(
        {
            # RFC 5652 §5.1: what is no plain data makes it the third version.
            "version": "v1" if form.kind == "data" else "v3",
            "digest_algorithms": [{"algorithm": form.hash_name}],
            "encap_content_info": inside,
            "certificates": _certificates(identity, form) or None,
            "signer_infos": [_signer_info(digest, attributes, identity, form)],
        }
    )
    return bytes(cms.ContentInfo({"content_type": "signed_data", "content": signed}).dump())


def _attributes(digest: bytes, identity: Identity, form: Form) -> cms.CMSAttributes:
    found: list[tuple[str, object]] = [("content_type", form.kind), ("message_digest", digest)]
    if form.when is not None:
        found.append(("signing_time", cms.Time({"utc_time": core.UTCTime(form.when)})))
    if form.cades:
        found.append(("signing_certificate_v2", _pinned(identity)))
    return cms.CMSAttributes(
        [cms.CMSAttribute({"type": kind, "values": [value]}) for kind, value in found]
    )


def _pinned(identity: Identity) -> tsp.SigningCertificateV2:
    digest = hashlib.sha256(identity.der()).digest()
    return tsp.SigningCertificateV2({"certs": [tsp.ESSCertIDv2({"cert_hash": digest})]})


def _signer_info(
    digest: bytes, attributes: cms.CMSAttributes, identity: Identity, form: Form
) -> cms.SignerInfo:
    own = _parsed(identity.der())
    name = {"issuer": own.issuer, "serial_number": own.serial_number}
    algorithm = _HASHES[form.hash_name]
    # RFC 5652 §5.4: what is signed is the SET OF, not the implicit tag under which it stands.
    attributed = _raw(attributes.dump(), identity.key, algorithm)
    prehashed = utils.Prehashed(algorithm)
    value = _raw(digest, identity.key, prehashed) if form.bare else attributed
    return cms.SignerInfo(
        {
            "version": "v1",
            "sid": cms.SignerIdentifier({"issuer_and_serial_number": name}),
            "digest_algorithm": {"algorithm": form.hash_name},
            "signed_attrs": None if form.bare else attributes,
            "signature_algorithm": _mechanism(identity.key, form.hash_name),
            "signature": value,
        }
    )


def _certificates(identity: Identity, form: Form) -> list[x509.Certificate]:
    if form.certificates == "none":
        return []
    above = identity.chain[:-1] if form.certificates == "chain" else ()
    return [_parsed(Identity(identity.key, each).der()) for each in (identity.certificate, *above)]


def _parsed(der: bytes) -> x509.Certificate:
    return x509.Certificate.load(der)


def _mechanism(key: Key, hash_name: str) -> algos.SignedDigestAlgorithm:
    kind = "rsa" if isinstance(key, rsa.RSAPrivateKey) else "ecdsa"
    return algos.SignedDigestAlgorithm({"algorithm": f"{hash_name}_{kind}"})


def _raw(octets: bytes, key: Key, algorithm: hashes.HashAlgorithm | utils.Prehashed) -> bytes:
    if isinstance(key, rsa.RSAPrivateKey):
        return key.sign(octets, padding.PKCS1v15(), algorithm)
    return key.sign(octets, ec.ECDSA(algorithm))
