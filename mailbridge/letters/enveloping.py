"""Envelopes around letters: CMS EnvelopedData for the recipient's certificates and for our own.

The content's key is locked by RSA with PKCS #1 v1.5 or agreed by elliptic curves, as every reader
must know (RFC 8551 §2.3); the content by AES-256-CBC, which all of them open. Many in use know
neither RSAES-OAEP nor AES-GCM. CBC hides and proves nothing: the signature inside does.
"""

import secrets
from collections.abc import Iterable, Sequence

from asn1crypto import cms, core, keys, parser
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.x963kdf import X963KDF
from cryptography.hazmat.primitives.keywrap import aes_key_wrap
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from mailbridge.model.errors import Reason, RefusedError

_KEY, _BLOCK = 32, 16
# dhSinglePass-stdDH-sha256kdf-scheme (RFC 5753 §7.1.4).
_AGREED = "1.3.132.1.11.1"
# A lock of 512 bits would open before the letter is read.
_RSA_BITS = 2048


def fit(certificates: Iterable[x509.Certificate]) -> tuple[x509.Certificate, ...]:
    """Choose the certificates that may lock: whose key can, and whose usage does not forbid it."""
    return tuple(one for one in certificates if _can_lock(one) and _may_lock(one))


def _can_lock(certificate: x509.Certificate) -> bool:
    key = certificate.public_key()
    if isinstance(key, rsa.RSAPublicKey):
        return key.key_size >= _RSA_BITS
    return isinstance(key, ec.EllipticCurvePublicKey)


def _may_lock(certificate: x509.Certificate) -> bool:
    """Read the usage (RFC 8550 §4.4.2): without one all is allowed."""
    try:
        usage = certificate.extensions.get_extension_for_class(x509.KeyUsage).value
    except x509.ExtensionNotFound:
        return True
    is_rsa = isinstance(certificate.public_key(), rsa.RSAPublicKey)
    return usage.key_encipherment if is_rsa else usage.key_agreement


def enveloped(entity: bytes, recipient: Sequence[x509.Certificate], own: x509.Certificate) -> bytes:
    """Lock an entity for a recipient and for us, as DER (RFC 8551 §3.3, RFC 5652 §6.1).

    Raises RefusedError where no certificate of the recipient can lock.
    """
    fitting = fit(recipient)
    if not fitting:
        raise RefusedError(Reason.UNSUPPORTED, "no certificate of the recipient can lock a letter")
    # We keep what we sent. Our own usage is no matter: nobody else is bound by it.
    ours = () if own in fitting or not _can_lock(own) else (own,)
    key, iv = secrets.token_bytes(_KEY), secrets.token_bytes(_BLOCK)
    infos = [_info(one, key) for one in (*fitting, *ours)]
    is_plain = all(info.name == "ktri" for info in infos)
    enveloped_data = cms.EnvelopedData(
        {
            # RFC 5652 §6.1: the second version where a recipient is of another than the first.
            "version": "v0" if is_plain else "v2",
            "recipient_infos": infos,
            "encrypted_content_info": {
                "content_type": "data",
                "content_encryption_algorithm": {"algorithm": "aes256_cbc", "parameters": iv},
                "encrypted_content": _encrypted(entity, key, iv),
            },
        }
    )
    whole = {"content_type": "enveloped_data", "content": enveloped_data}
    return bytes(cms.ContentInfo(whole).dump())


def _encrypted(entity: bytes, key: bytes, iv: bytes) -> bytes:
    encryptor = Cipher(algorithms.AES256(key), modes.CBC(iv)).encryptor()
    # RFC 5652 §6.3: padded by octets that say how many they are.
    missing = _BLOCK - len(entity) % _BLOCK
    pieces = (entity, bytes([missing]) * missing)
    return b"".join((*map(encryptor.update, pieces), encryptor.finalize()))


def _info(certificate: x509.Certificate, key: bytes) -> cms.RecipientInfo:
    public = certificate.public_key()
    parsed = asn1_x509.Certificate.load(certificate.public_bytes(Encoding.DER))
    name = {"issuer": parsed.issuer, "serial_number": parsed.serial_number}
    if isinstance(public, rsa.RSAPublicKey):
        return cms.RecipientInfo("ktri", _transported(public, name, key))
    if isinstance(public, ec.EllipticCurvePublicKey):
        return cms.RecipientInfo("kari", _agreed(public, name, key))
    raise TypeError(type(public).__name__)


def _transported(
    public: rsa.RSAPublicKey, name: dict[str, object], key: bytes
) -> cms.KeyTransRecipientInfo:
    # RFC 3370 §4.2.1: with parameters, which are NULL.
    algorithm = {"algorithm": "rsaes_pkcs1v15", "parameters": core.Null()}
    return cms.KeyTransRecipientInfo(
        {
            "version": "v0",
            "rid": cms.RecipientIdentifier("issuer_and_serial_number", name),
            "key_encryption_algorithm": algorithm,
            "encrypted_key": public.encrypt(key, PKCS1v15()),
        }
    )


def _agreed(
    public: ec.EllipticCurvePublicKey, name: dict[str, object], key: bytes
) -> cms.KeyAgreeRecipientInfo:
    """Agree by a key of one time (RFC 5753 §3.1.1), and wrap the key by what was agreed."""
    once = ec.generate_private_key(public.curve)
    wrap = cms.KeyEncryptionAlgorithm({"algorithm": "aes256_wrap"})
    shared = X963KDF(SHA256(), _KEY, _shared_info(wrap)).derive(once.exchange(ec.ECDH(), public))
    spki = once.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    rid = cms.KeyAgreementRecipientIdentifier("issuer_and_serial_number", name)
    return cms.KeyAgreeRecipientInfo(
        {
            "version": "v3",
            "originator": cms.OriginatorIdentifierOrKey(
                "originator_key", keys.PublicKeyInfo.load(spki)
            ),
            "key_encryption_algorithm": {"algorithm": _AGREED, "parameters": wrap},
            "recipient_encrypted_keys": [
                {"rid": rid, "encrypted_key": aes_key_wrap(shared, key)},
            ],
        }
    )


def _shared_info(wrap: cms.KeyEncryptionAlgorithm) -> bytes:
    """Write ECC-CMS-SharedInfo (RFC 5753 §7.2): the wrapping, and the bits of its key."""
    bits = core.OctetString((_KEY * 8).to_bytes(4, "big"), explicit=2)
    # A constructed, universal SEQUENCE.
    return bytes(parser.emit(0, 1, 16, wrap.dump() + bits.dump()))
