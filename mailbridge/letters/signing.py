"""S/MIME signatures over letters: detached CMS over exact octets (RFC 8551 §3.5.3)."""

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.hazmat.primitives.serialization.pkcs7 import (
    PKCS7Options,
    PKCS7SignatureBuilder,
)

from mailbridge.letters.keys import SigningKey


def sign(entity: bytes, key: SigningKey) -> bytes:
    """Sign the octets as they will travel, SHA-256, DER, without the content (RFC 8551 §3.5.3.2).

    The caller gives CRLF line ends (RFC 8551 §3.1.1); nothing is converted here.
    """
    builder = (
        PKCS7SignatureBuilder().set_data(entity).add_signer(key.certificate, key.key, SHA256())
    )
    for certificate in key.chain:
        builder = builder.add_certificate(certificate)
    return builder.sign(Encoding.DER, [PKCS7Options.DetachedSignature, PKCS7Options.Binary])
