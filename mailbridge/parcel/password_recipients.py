"""Content keys under a password (RFC 3211 §2.3, RFC 5652 §6.2.4)."""

from collections.abc import Iterator

from asn1crypto import algos, cms
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers import Cipher, modes
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.kdf.pbkdf2 import PBKDF2HMAC

from mailbridge.parcel.ciphers import FAILED

_PWRI_KEK = "1.2.840.113549.1.9.16.3.9"
# A count of thousands of millions would keep the machine busy for a day.
ITERATIONS = 2_000_000
# Each password costs a derivation.
_WORDS = 8
_PRF: dict[str, type[hashes.HashAlgorithm]] = {
    "sha1": hashes.SHA1,
    "sha224": hashes.SHA224,
    "sha256": hashes.SHA256,
    "sha384": hashes.SHA384,
    "sha512": hashes.SHA512,
}
_BLOCK = 16
_HEAD = 4


def content_keys(info: cms.PasswordRecipientInfo, words: tuple[str, ...]) -> Iterator[bytes]:
    """Give the content key for each password that fits; the key carries a check of its own."""
    for word in words[:_WORDS]:
        try:
            yield _unwrapped(info, word.encode())
        except FAILED:
            continue


def _unwrapped(info: cms.PasswordRecipientInfo, word: bytes) -> bytes:
    algorithm = info["key_encryption_algorithm"]
    if algorithm["algorithm"].dotted != _PWRI_KEK:
        raise ValueError("another wrapping than PWRI-KEK")
    inner = algos.EncryptionAlgorithm.load(algorithm["parameters"].dump())
    if inner.encryption_cipher != "aes" or inner.encryption_mode != "cbc":
        raise ValueError("another cipher than AES-CBC")
    key = _derived(info["key_derivation_algorithm"], word, inner.key_length)
    return _checked(key, inner.encryption_iv, info["encrypted_key"].native)


def _derived(derivation: algos.KdfAlgorithm, word: bytes, size: int) -> bytes:
    parameters = derivation["parameters"]
    count = parameters["iteration_count"].native
    if derivation["algorithm"].native != "pbkdf2" or count > ITERATIONS:
        raise ValueError("another derivation than PBKDF2, or one without end")
    chosen = _PRF[parameters["prf"]["algorithm"].native]()
    salt = parameters["salt"].native
    return PBKDF2HMAC(chosen, size, salt, count).derive(word)


def _checked(key: bytes, initial: bytes, wrapped: bytes) -> bytes:
    """Unwrap twice and compare the check octets (RFC 3211 §2.3.2)."""
    if len(wrapped) < 2 * _BLOCK or len(wrapped) % _BLOCK:
        raise ValueError("no wrapped key")
    last = _cbc(key, wrapped[-2 * _BLOCK : -_BLOCK], wrapped[-_BLOCK:])
    inner = _cbc(key, last, wrapped[:-_BLOCK]) + last
    octets = _cbc(key, initial, inner)
    size, check, made = octets[0], octets[1:_HEAD], octets[_HEAD:]
    if size > len(made) or bytes(each ^ 0xFF for each in made[:3]) != check:
        raise ValueError("not the key")
    return made[:size]


def _cbc(key: bytes, initial: bytes, octets: bytes) -> bytes:
    decryptor = Cipher(AES(key), modes.CBC(initial)).decryptor()
    return decryptor.update(octets) + decryptor.finalize()
