"""The signature value: which mechanisms are verified, and which are too weak to believe."""

import hashlib
from collections.abc import Iterable

from asn1crypto import algos, cms
from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed448, ed25519, padding, rsa, utils

from mailbridge.model.evidence import Integrity
from mailbridge.provenance.certificates import UNREADABLE, public_key
from mailbridge.provenance.codes import Code

# RFC 8551 §2.1: MD5 and SHA-1 are history. They are computed, so that the clerk is told
# whether the octets are those that were signed; they are never believed.
WEAK = {"md2", "md5", "sha1"}
HASHES: dict[str, type[hashes.HashAlgorithm]] = {
    "md5": hashes.MD5,
    "sha1": hashes.SHA1,
    "sha224": hashes.SHA224,
    "sha512_224": hashes.SHA512_224,
    "sha512_256": hashes.SHA512_256,
    "sha3_224": hashes.SHA3_224,
    "sha256": hashes.SHA256,
    "sha384": hashes.SHA384,
    "sha512": hashes.SHA512,
    "sha3_256": hashes.SHA3_256,
    "sha3_384": hashes.SHA3_384,
    "sha3_512": hashes.SHA3_512,
}
# RFC 8419 §3.1: the digest that goes with Ed448 has 512 bits.
SHAKE = {"shake256": 64, "shake256_len": 64}
# Their hash is part of the mechanism, whatever digest goes with it.
_OWN_HASH = {"ed25519", "ed448"}
_RSA_BITS = 2048
_EC_BITS = 224


def digest(name: str, pieces: Iterable[bytes]) -> bytes:
    """Hash octets that come in pieces, by the name of the digest algorithm."""
    if name in SHAKE:
        shake = hashlib.shake_256()
        for piece in pieces:
            shake.update(piece)
        return shake.digest(SHAKE[name])
    made = hashlib.new(name)
    for piece in pieces:
        made.update(piece)
    return made.digest()


def weakness(
    algorithm: algos.SignedDigestAlgorithm, certificate: x509.Certificate | None
) -> tuple[tuple[Code, str], ...]:
    """Name what is too weak in the mechanism or the key (RFC 8551 §2.2)."""
    try:
        name = algorithm.hash_algo
    except (ValueError, LookupError):
        name = ""
    found = [(Code.WEAK_ALGORITHM, str(name))] if name in WEAK else []
    key = public_key(certificate) if certificate is not None else None
    if isinstance(key, rsa.RSAPublicKey) and key.key_size < _RSA_BITS:
        found.append((Code.WEAK_KEY, f"RSA {key.key_size}"))
    if isinstance(key, ec.EllipticCurvePublicKey) and key.key_size < _EC_BITS:
        found.append((Code.WEAK_KEY, key.curve.name))
    return tuple(found)


def verify(info: cms.SignerInfo, octets: bytes, certificate: x509.Certificate) -> Integrity:
    """Verify the signature value over these octets (RFC 5652 §5.6)."""
    return _outcome(info, octets, certificate, None)


def verify_digest(info: cms.SignerInfo, digest: bytes, certificate: x509.Certificate) -> Integrity:
    """Verify the signature value over octets of which only the digest is at hand."""
    name = info["digest_algorithm"]["algorithm"].native
    return _outcome(info, digest, certificate, utils.Prehashed(HASHES[name]()))


def _outcome(
    info: cms.SignerInfo,
    octets: bytes,
    certificate: x509.Certificate,
    hashed: utils.Prehashed | None,
) -> Integrity:
    try:
        _verify(info, octets, certificate, hashed)
    except InvalidSignature:
        return Integrity.BROKEN
    except (*UNREADABLE, LookupError, NotImplementedError):
        return Integrity.UNVERIFIABLE
    return Integrity.INTACT


def _verify(
    info: cms.SignerInfo,
    octets: bytes,
    certificate: x509.Certificate,
    hashed: utils.Prehashed | None,
) -> None:
    algorithm = info["signature_algorithm"]
    value = info["signature"].native
    key = public_key(certificate)
    if not _agree(info):
        raise InvalidSignature
    if isinstance(key, rsa.RSAPublicKey) and algorithm.signature_algo == "rsassa_pss":
        scheme, chosen = _pss(algorithm)
        key.verify(value, octets, scheme, hashed or chosen)
    elif isinstance(key, rsa.RSAPublicKey):
        key.verify(value, octets, padding.PKCS1v15(), hashed or _hash(info))
    elif isinstance(key, ec.EllipticCurvePublicKey):
        key.verify(value, octets, ec.ECDSA(hashed or _hash(info)))
    elif isinstance(key, ed25519.Ed25519PublicKey | ed448.Ed448PublicKey) and hashed is None:
        # RFC 8419 §3.1: over the attributes themselves.
        key.verify(value, octets)
    else:
        raise NotImplementedError(type(key).__name__)


def _agree(info: cms.SignerInfo) -> bool:
    """Hold the mechanism to the digest that the signer names (RFC 4056 §3, RFC 5754 §3)."""
    try:
        named = info["signature_algorithm"].hash_algo
    except ValueError:
        # RSA and the Edwards curves name none of their own.
        return True
    own = info["digest_algorithm"]["algorithm"].native
    return info["signature_algorithm"].signature_algo in _OWN_HASH or bool(named == own)


def _hash(info: cms.SignerInfo) -> hashes.HashAlgorithm:
    """Take the hash that the mechanism names, else that of the digest (RFC 5652 §5.3)."""
    algorithm = info["signature_algorithm"]
    try:
        name = algorithm.hash_algo
    except ValueError:
        name = info["digest_algorithm"]["algorithm"].native
    return HASHES[name]()


def _pss(algorithm: algos.SignedDigestAlgorithm) -> tuple[padding.PSS, hashes.HashAlgorithm]:
    """Read the parameters of RSASSA-PSS (RFC 4056 §2.2)."""
    parameters = algorithm["parameters"]
    chosen = HASHES[parameters["hash_algorithm"]["algorithm"].native]()
    mask = HASHES[parameters["mask_gen_algorithm"]["parameters"]["algorithm"].native]()
    return padding.PSS(padding.MGF1(mask), parameters["salt_length"].native), chosen
