"""A mail server that signs by DKIM as it is told, also what no honest server would sign.

What is hashed is made canonical by dkimpy, not by what is tested.
"""

import base64
import hashlib
from dataclasses import replace
from functools import lru_cache

import dkim
from cryptography.hazmat.primitives.asymmetric import ed25519, padding, rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from dkim.canonicalization import CanonicalizationPolicy

from mailbridge.demo.agencies import SENDER
from mailbridge.model.evidence import Evidence, Seal
from mailbridge.model.parcel import SealForm
from tests.unit.provenance.samples import NOW, evidence, fresh_trust, mail_with, paper

DOMAIN = SENDER.mailbox.rpartition("@")[2]
KEY_NAME = f"s1._domainkey.{DOMAIN}"
NAMES = ("from", "to", "subject", "date", "message-id", "mime-version", "content-type")

UNKNOWN_CANONICAL = "nowsp/simple"
# Two primes of 384 bits: a key that anybody can break, such as no library makes any more.
_PRIMES = (
    0xCC023D0E06BDEF31F558EED75888A45C73C05AF406EFA95EA821322C2BD718FAC47CE59E6F6231F3C21CE82AD6A83DBF,
    0xD016CA19416011759EFDFBAD30568FEAF2B32B15D37622EA4EB771D0BE2984C752F46F97286A26EB1BA366046025B02F,
)

Key = rsa.RSAPrivateKey | ed25519.Ed25519PrivateKey


@lru_cache
def rsa_key(bits: int = 2048) -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(65537, bits)


@lru_cache
def weak_key() -> rsa.RSAPrivateKey:
    p, q = _PRIMES
    d = pow(65537, -1, (p - 1) * (q - 1))
    public = rsa.RSAPublicNumbers(65537, p * q)
    rest = (rsa.rsa_crt_dmp1(d, p), rsa.rsa_crt_dmq1(d, q), rsa.rsa_crt_iqmp(p, q))
    return rsa.RSAPrivateNumbers(p, q, d, *rest, public).private_key()


@lru_cache
def ed_key() -> ed25519.Ed25519PrivateKey:
    return ed25519.Ed25519PrivateKey.generate()


@lru_cache
def unsigned() -> bytes:
    return mail_with(paper())


def record(key: Key | None = None, **tags: str) -> str:
    """Write the record of a key; a tag given as "" is left empty."""
    public = (key or rsa_key()).public_key()
    if isinstance(public, rsa.RSAPublicKey):
        kind = "rsa"
        octets = public.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    else:
        kind, octets = "ed25519", public.public_bytes(Encoding.Raw, PublicFormat.Raw)
    given = {"v": "DKIM1", "k": kind, "p": base64.b64encode(octets).decode(), **tags}
    return "; ".join(f"{name}={value}" for name, value in given.items())


def signed(octets: bytes | None = None, key: Key | None = None, **tags: str | None) -> bytes:
    """Prepend a signature; a tag given as None is left out."""
    octets, key = octets or unsigned(), key or rsa_key()
    kind = "rsa" if isinstance(key, rsa.RSAPrivateKey) else "ed25519"
    given = {
        "v": "1", "a": f"{kind}-sha256", "c": "relaxed/relaxed", "d": DOMAIN, "s": "s1",
        "t": str(int(NOW.timestamp())), "h": ":".join(NAMES),
        **tags,
    }  # fmt: skip
    canonical = given["c"] if given["c"] != UNKNOWN_CANONICAL else None
    policy = CanonicalizationPolicy.from_c_value((canonical or "simple/simple").encode())
    headers, body = dkim.rfc822_parse(octets)
    hashed = policy.canonicalize_body(body)
    if given.get("l"):
        hashed = hashed[: int(given["l"] or 0)]
    given.setdefault("bh", base64.b64encode(hashlib.sha256(hashed).digest()).decode())
    plain = "; ".join(f"{name}={value}" for name, value in given.items() if value is not None)
    field = f" {plain}; b=".encode()
    names = [name.lower().encode() for name in (given["h"] or "").split(":")]
    chosen = dkim.select_headers(policy.canonicalize_headers(headers), names)
    own = policy.canonicalize_headers([(b"DKIM-Signature", field + b"\r\n")])
    written = b"".join(n + b":" + v for n, v in [*chosen, *own])
    made = base64.b64encode(_signature(key, written.removesuffix(b"\r\n")))
    return b"DKIM-Signature:" + field + made + b"\r\n" + octets


def _signature(key: Key, octets: bytes) -> bytes:
    if isinstance(key, rsa.RSAPrivateKey):
        return key.sign(octets, padding.PKCS1v15(), SHA256())
    return key.sign(hashlib.sha256(octets).digest())


def judged(octets: bytes, *records: str, name: str = KEY_NAME, **changes: object) -> Evidence:
    """Judge a mail where DNS holds these records under one name."""
    return evidence(octets, replace(fresh_trust(), dns={name: records}), **changes)  # type: ignore[arg-type]


def dkim_seals(found: Evidence) -> list[Seal]:
    return [seal for seal in found.seals if seal.form is SealForm.DKIM]
