"""Time-stamps (RFC 3161) and OCSP answers (RFC 6960), and the ways in which they are wrong."""

import hashlib
from dataclasses import dataclass
from datetime import datetime

from asn1crypto import cms as asn1_cms
from asn1crypto import tsp
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.x509 import ocsp

from mailbridge.demo import cms
from mailbridge.demo.cms import Form
from mailbridge.demo.pki import Identity

_POLICY = "1.3.6.1.4.1.99999.1"
_PARTS = (
    "version",
    "sid",
    "digest_algorithm",
    "signed_attrs",
    "signature_algorithm",
    "signature",
)


def token(
    digest: bytes, tsa: Identity, when: datetime, *, hash_name: str = "sha256", pinned: bool = True
) -> bytes:
    """Make a token over a digest, as DER; without `pinned` the authority pins no certificate."""
    imprint = {"hash_algorithm": {"algorithm": hash_name}, "hashed_message": digest}
    stated = {
        "version": "v1",
        "policy": _POLICY,
        "message_imprint": imprint,
        "serial_number": int.from_bytes(digest[:8], "big"),
        "gen_time": when,
    }
    info = tsp.TSTInfo(stated).dump()
    form = Form(cades=pinned, kind="tst_info")
    return cms.over_digest(hashlib.sha256(info).digest(), tsa, form, info)


def stamped(signed: bytes, tsa: Identity, when: datetime, over: bytes | None = None) -> bytes:
    """Add a token over the first signature of a CMS; `over` are other octets that it stamps."""
    info = asn1_cms.ContentInfo.load(signed)
    signer = info["content"]["signer_infos"][0]
    octets = signer["signature"].native if over is None else over
    made = token(hashlib.sha256(octets).digest(), tsa, when)
    return with_token(signed, made)


def with_token(signed: bytes, made: bytes) -> bytes:
    """Add any token to the only signature of a CMS, among its unsigned attributes."""
    data = asn1_cms.ContentInfo.load(signed)["content"]
    signer = data["signer_infos"][0]
    value = asn1_cms.ContentInfo.load(made)
    kind = "signature_time_stamp_token"
    more = asn1_cms.CMSAttributes([asn1_cms.CMSAttribute({"type": kind, "values": [value]})])
    parts = {name: signer[name] for name in _PARTS} | {"unsigned_attrs": more}
    whole = {name: data[name] for name in ("version", "digest_algorithms", "encap_content_info")}
    whole |= {"certificates": data["certificates"], "signer_infos": [asn1_cms.SignerInfo(parts)]}
    content = asn1_cms.SignedData(whole)
    return bytes(asn1_cms.ContentInfo({"content_type": "signed_data", "content": content}).dump())


@dataclass(frozen=True, slots=True)
class Word:
    """What a responder says, from when until when; revoked where `since` is given."""

    said: datetime
    until: datetime | None
    since: datetime | None = None
    reason: x509.ReasonFlags | None = None
    by_key: bool = True
    hash_name: str = "sha1"


def answer(who: Identity, responder: Identity, word: Word) -> bytes:
    """Answer for one certificate as DER, signed by `responder`; its certificate goes along."""
    state = ocsp.OCSPCertStatus.GOOD if word.since is None else ocsp.OCSPCertStatus.REVOKED
    # The CertID may be hashed anyhow: it only names.
    hashed = {"sha1": hashes.SHA1, "sha256": hashes.SHA256}[word.hash_name]
    named = ocsp.OCSPResponderEncoding.HASH if word.by_key else ocsp.OCSPResponderEncoding.NAME
    builder = ocsp.OCSPResponseBuilder().add_response(
        cert=who.certificate,
        issuer=who.issuer,
        algorithm=hashed(),
        cert_status=state,
        this_update=word.said,
        next_update=word.until,
        revocation_time=word.since,
        revocation_reason=word.reason,
    )
    builder = builder.responder_id(named, responder.certificate)
    made = builder.certificates([responder.certificate]).sign(responder.key, hashes.SHA256())
    return made.public_bytes(serialization.Encoding.DER)
