"""Content keys agreed by elliptic curves (RFC 5753 §3.1, RFC 8418 §2), and the wrapping of keys."""

from asn1crypto import algos, cms, core, keys, parser
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, x448, x25519
from cryptography.hazmat.primitives.asymmetric.types import PrivateKeyTypes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.kdf.x963kdf import X963KDF
from cryptography.hazmat.primitives.keywrap import InvalidUnwrap, aes_key_unwrap

__all__ = ["InvalidUnwrap", "agreed_key", "is_known"]

# dhSinglePass-stdDH and -cofactorDH (RFC 5753 §7.1.4); the cofactor of our curves is 1.
_SHA2: tuple[type[hashes.HashAlgorithm], ...] = (
    hashes.SHA224,
    hashes.SHA256,
    hashes.SHA384,
    hashes.SHA512,
)
_X963: dict[str, type[hashes.HashAlgorithm]] = {
    "1.3.133.16.840.63.0.2": hashes.SHA1,
    "1.3.133.16.840.63.0.3": hashes.SHA1,
    **{
        f"1.3.132.1.{family}.{number}": algorithm
        for family in (11, 14)
        for number, algorithm in enumerate(_SHA2)
    },
}
# RFC 8418 §2.2.
_HKDF: dict[str, type[hashes.HashAlgorithm]] = {
    "1.2.840.113549.1.9.16.3.19": hashes.SHA256,
    "1.2.840.113549.1.9.16.3.20": hashes.SHA384,
    "1.2.840.113549.1.9.16.3.21": hashes.SHA512,
}
_WRAPS = {"aes128_wrap": 16, "aes192_wrap": 24, "aes256_wrap": 32}


def is_known(algorithm: cms.KeyEncryptionAlgorithm) -> bool:
    """Tell whether agreement, derivation and wrapping are ones that are opened."""
    if algorithm["algorithm"].dotted not in _X963 | _HKDF:
        return False
    wrap = algos.AlgorithmIdentifier.load(algorithm["parameters"].dump())
    return _wrap_size(wrap) is not None


def agreed_key(info: cms.KeyAgreeRecipientInfo, own: PrivateKeyTypes, wrapped: bytes) -> bytes:
    """Unwrap a content key; raises ValueError and its like where it is not ours or is damaged."""
    algorithm = info["key_encryption_algorithm"]
    secret = _secret(info["originator"].chosen, own)
    wrap = algos.AlgorithmIdentifier.load(algorithm["parameters"].dump())
    size = _wrap_size(wrap) or 0
    shared = _shared_info(wrap, info["ukm"], size)
    key = _derived(algorithm["algorithm"].dotted, secret, size, shared)
    return aes_key_unwrap(key, wrapped)


def _shared_info(wrap: algos.AlgorithmIdentifier, ukm: core.OctetString, size: int) -> bytes:
    """Write ECC-CMS-SharedInfo in DER (RFC 5753 §7.2)."""
    fields: bytes = wrap.dump()
    if not isinstance(ukm, core.Void):
        fields += core.OctetString(ukm.native, explicit=0).dump()
    fields += core.OctetString((size * 8).to_bytes(4, "big"), explicit=2).dump()
    # A constructed, universal SEQUENCE.
    written: bytes = parser.emit(0, 1, 16, fields)
    return written


def _wrap_size(wrap: algos.AlgorithmIdentifier) -> int | None:
    name = cms.KeyEncryptionAlgorithmId(wrap["algorithm"].dotted).native
    return _WRAPS.get(str(name))


def _derived(name: str, secret: bytes, size: int, shared: bytes) -> bytes:
    if name in _HKDF:
        return HKDF(_HKDF[name](), size, salt=None, info=shared).derive(secret)
    return X963KDF(_X963[name](), size, shared).derive(secret)


def _secret(originator: keys.PublicKeyInfo, own: PrivateKeyTypes) -> bytes:
    """Agree with the sender's one-time key, which must be of our key's own curve."""
    if not isinstance(originator, keys.PublicKeyInfo):
        raise TypeError("a sender who names a certificate, not a key")
    # The curve of the parameters is the recipient's (RFC 5753 §3.1.1), often left out: only the
    # point is taken, as it stands. A point off our curve is refused by the library.
    point = originator["public_key"].contents[1:]
    if isinstance(own, ec.EllipticCurvePrivateKey):
        public = ec.EllipticCurvePublicKey.from_encoded_point(own.curve, point)
        return own.exchange(ec.ECDH(), public)
    if isinstance(own, x25519.X25519PrivateKey):
        return own.exchange(x25519.X25519PublicKey.from_public_bytes(point))
    if isinstance(own, x448.X448PrivateKey):
        return own.exchange(x448.X448PublicKey.from_public_bytes(point))
    raise TypeError(type(own).__name__)
