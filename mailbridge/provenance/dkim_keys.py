"""The record of a DKIM key in DNS (RFC 6376 §3.6.1), and what its key verifies."""

import base64
import binascii
from dataclasses import dataclass
from hashlib import sha256

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ed25519, padding, rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    PublicFormat,
    load_der_public_key,
)

from mailbridge.provenance.dkim_signature import DkimSignature, MalformedError, Tags, read_tags

# RFC 8301 §3.2: shorter keys are never believed; those below the second are, if need be.
LEAST_BITS = 1024
GOOD_BITS = 2048
# A modulus of a hundred thousand bits takes minutes to raise to a power.
_MOST_BITS = 8192
# RFC 8301 §3.1: rsa-sha1 is not verified.
WEAK_ALGORITHMS = {"rsa-sha1"}
_ALGORITHMS = {"rsa-sha256": "rsa", "ed25519-sha256": "ed25519"}

PublicKey = rsa.RSAPublicKey | ed25519.Ed25519PublicKey


@dataclass(frozen=True, slots=True)
class DkimKey:
    """A published key; `testing` and `strict` are the flags y and s of its t=."""

    key: PublicKey
    testing: bool = False
    strict: bool = False

    @property
    def bits(self) -> int:
        """The length of the key, in bits of RSA."""
        return self.key.key_size if isinstance(self.key, rsa.RSAPublicKey) else GOOD_BITS

    @property
    def fingerprint(self) -> str:
        """SHA-256 of its SubjectPublicKeyInfo, in lower-case hex."""
        der = self.key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
        return sha256(der).hexdigest()


def key_of(values: tuple[str, ...], signature: DkimSignature) -> DkimKey:
    """Read the one record and hold it to the signature; raises MalformedError."""
    tags = read_tags(_record(values).encode())
    if tags.get("v", "DKIM1") != "DKIM1":
        raise MalformedError("v= of the key")
    kind = tags.get("k", "rsa")
    if _ALGORITHMS.get(signature.algorithm) != kind:
        raise MalformedError("a=")
    if "h" in tags and signature.hash not in _listed(tags, "h"):
        raise MalformedError("h= of the key")
    if "s" in tags and not {"*", "email"} & _listed(tags, "s"):
        # A key for another service does not speak for mail (RFC 6376 §3.6.1).
        raise MalformedError("s= of the key")
    flags = _listed(tags, "t")
    if "s" in flags and signature.identity != signature.domain:
        raise MalformedError("i= where the key says t=s")
    return DkimKey(_public_key(tags.get("p", ""), kind), "y" in flags, "s" in flags)


def verifies(key: PublicKey, signature: bytes, octets: bytes) -> bool:
    """Tell whether this is the key's signature of the octets (RFC 6376 §3.3.2)."""
    try:
        if isinstance(key, ed25519.Ed25519PublicKey):
            # RFC 8463 §3: it is the hash that is signed.
            key.verify(signature, sha256(octets).digest())
        else:
            key.verify(signature, octets, padding.PKCS1v15(), SHA256())
    except (InvalidSignature, UnsupportedAlgorithm, ValueError):
        return False
    return True


def _record(values: tuple[str, ...]) -> str:
    """Choose the one record; of several, what is meant is undefined (RFC 6376 §3.6.2.2)."""
    marked = [value for value in values if value.lstrip().startswith("v=DKIM1")] or list(values)
    if len(marked) != 1 or not marked[0].strip():
        raise MalformedError("no key" if not any(map(str.strip, values)) else "several keys")
    return marked[0]


def _listed(tags: Tags, name: str) -> set[str]:
    return {each.strip() for each in tags.get(name, "").split(":")}


def _public_key(value: str, kind: str) -> PublicKey:
    text = "".join(value.split())
    if not text:
        # RFC 6376 §3.6.1: an empty p= revokes the key.
        raise MalformedError("revoked key")
    try:
        octets = base64.b64decode(text, validate=True)
        if kind == "ed25519":
            return ed25519.Ed25519PublicKey.from_public_bytes(octets)
        key = load_der_public_key(octets)
    except (binascii.Error, ValueError, TypeError, UnsupportedAlgorithm) as error:
        raise MalformedError("p= of the key") from error
    if not isinstance(key, rsa.RSAPublicKey) or key.key_size > _MOST_BITS:
        raise MalformedError("p= of the key")
    return key
