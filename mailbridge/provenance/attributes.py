"""The signed attributes of a signature: read one, compare the pinned certificate, spot a fake."""

from asn1crypto import cms, core
from cryptography import x509

from mailbridge.provenance.certificates import UNREADABLE
from mailbridge.provenance.mechanism import HASHES

# Attributes are some hundred octets; what is longer is content.
SIZE = 64 * 1024
_SET = 0x31


def one(attributes: cms.CMSAttributes, wanted: str) -> object:
    """Give its value; None unless there is one such attribute of one value (RFC 5652 §11)."""
    values = [each["values"] for each in attributes if each["type"].native == wanted]
    if len(values) != 1 or len(values[0]) != 1:
        return None
    value: object = values[0][0].native
    return value


def is_like(head: bytes) -> bool:
    """Tell whether a content is the SET OF Attribute of a signature, presented as content."""
    if head[:1] != bytes([_SET]):
        return False
    try:
        found = cms.CMSAttributes.load(head, strict=True)
        return any(each["type"].native == "message_digest" for each in found)
    except (*UNREADABLE, LookupError, AttributeError):
        return False


def pins(attributes: cms.CMSAttributes, certificate: x509.Certificate) -> bool:
    """Compare the certificate with the one that the signer pinned, if any (RFC 5035 §5)."""
    for kind, default in (("signing_certificate_v2", "sha256"), ("signing_certificate", "sha1")):
        found = [each["values"] for each in attributes if each["type"].native == kind]
        if not found:
            continue
        # RFC 5035 §5: a second one would leave it to the reader which of them counts.
        if len(found) != 1 or len(found[0]) != 1:
            return False
        first = found[0][0]["certs"][0]
        name = default
        if kind == "signing_certificate_v2" and not isinstance(first["hash_algorithm"], core.Void):
            name = first["hash_algorithm"]["algorithm"].native
        if certificate.fingerprint(HASHES[name]()) != first["cert_hash"].native:
            return False
    return True


def protects(attributes: cms.CMSAttributes, info: cms.SignerInfo) -> bool:
    """Compare the algorithms with those that the signer protected, if any (RFC 6211 §2)."""
    kind = "cms_algorithm_protection"
    found = [each["values"] for each in attributes if each["type"].native == kind]
    if not found:
        return True
    if len(found) != 1 or len(found[0]) != 1:
        return False
    said = found[0][0]
    same = said["digest_algorithm"]["algorithm"] == info["digest_algorithm"]["algorithm"]
    named = said["signature_algorithm"]
    return bool(same and named["algorithm"] == info["signature_algorithm"]["algorithm"])
