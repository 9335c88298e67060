"""Which of our keys a lock was made for, and the content keys that they give (RFC 5652 §6.2).

No error of a key is told from another: where a key does not fit, a random one takes its place
(RFC 3218 §2.3.2), and only the content under it shows that it is none.
"""

import secrets
from collections.abc import Iterator
from dataclasses import dataclass, field

from asn1crypto import algos, cms, core
from asn1crypto import x509 as asn1_x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa

from mailbridge.model.parcel import LockWhy
from mailbridge.parcel import key_agreement, password_recipients
from mailbridge.parcel.ciphers import FAILED
from mailbridge.parcel.private_keys import OwnKey

# A lock for a hundred thousand recipients, each of whom costs a comparison.
RECIPIENTS = 512
_HASHES: dict[str, type[hashes.HashAlgorithm]] = {
    "sha1": hashes.SHA1,
    "sha224": hashes.SHA224,
    "sha256": hashes.SHA256,
    "sha384": hashes.SHA384,
    "sha512": hashes.SHA512,
}


@dataclass(slots=True)
class Keys:
    """Content keys to try, and what to say where none opens."""

    keys: list[bytes] = field(default_factory=list)
    why: LockWhy = LockWhy.NO_KEY


@dataclass(frozen=True, slots=True)
class Means:
    """What we open with: our keys, passwords, and the size of the content key in octets."""

    own: tuple[OwnKey, ...]
    words: tuple[str, ...]
    size: int


def content_keys(infos: cms.RecipientInfos, means: Means) -> Keys:
    """Give every content key that one of our keys or passwords yields, ours by name first."""
    found = Keys()
    for number, info in enumerate(infos):
        if number >= RECIPIENTS:
            break
        kind = info.name
        if kind == "ktri":
            _transported(info.chosen, means, found)
        elif kind == "kari":
            _agreed(info.chosen, means, found)
        elif kind == "pwri":
            _by_password(info.chosen, means, found)
    return found


def _transported(info: cms.KeyTransRecipientInfo, means: Means, found: Keys) -> None:
    algorithm = info["key_encryption_algorithm"]
    name = algorithm["algorithm"].native
    for own in means.own:
        if not isinstance(own.key, rsa.RSAPrivateKey) or not _is_for(info["rid"], own):
            continue
        scheme = _scheme(algorithm) if name != "rsaes_pkcs1v15" else padding.PKCS1v15()
        if scheme is None:
            found.why = LockWhy.UNSUPPORTED
            continue
        found.why = LockWhy.DAMAGED
        found.keys.append(_decrypted(own.key, info["encrypted_key"].native, scheme, means.size))


def _decrypted(
    key: rsa.RSAPrivateKey, octets: bytes, scheme: padding.AsymmetricPadding, size: int
) -> bytes:
    """Decrypt a content key; one that is none, or of a wrong size, becomes a random one."""
    instead = secrets.token_bytes(size)
    try:
        made = key.decrypt(octets, scheme)
    except FAILED:
        return instead
    return made if len(made) == size else instead


def _scheme(algorithm: cms.KeyEncryptionAlgorithm) -> padding.AsymmetricPadding | None:
    """Read RSAES-OAEP with its hash, mask and label (RFC 3560 §3); None of what is not known."""
    if algorithm["algorithm"].native != "rsaes_oaep":
        return None
    given = algorithm["parameters"]
    # RFC 4055 §4: each parameter has a default, and all of them may be left out.
    absent = isinstance(given, core.Void | core.Null)
    parameters = algos.RSAESOAEPParams({}) if absent else given
    mask, label = parameters["mask_gen_algorithm"], parameters["p_source_algorithm"]
    hashed = _HASHES.get(str(parameters["hash_algorithm"]["algorithm"].native))
    masked = _HASHES.get(str(mask["parameters"]["algorithm"].native))
    known = mask["algorithm"].native == "mgf1" and label["algorithm"].native == "p_specified"
    if hashed is None or masked is None or not known:
        return None
    octets = label["parameters"].native
    return padding.OAEP(padding.MGF1(masked()), hashed(), octets or None)


def _agreed(info: cms.KeyAgreeRecipientInfo, means: Means, found: Keys) -> None:
    for number, one in enumerate(info["recipient_encrypted_keys"]):
        if number >= RECIPIENTS:
            break
        for own in means.own:
            if isinstance(own.key, rsa.RSAPrivateKey) or not _is_for(one["rid"], own):
                continue
            if not _is_known(info):
                found.why = LockWhy.UNSUPPORTED
                continue
            found.why = LockWhy.DAMAGED
            found.keys.append(_unwrapped(info, own, one["encrypted_key"].native, means.size))


def _is_known(info: cms.KeyAgreeRecipientInfo) -> bool:
    try:
        return key_agreement.is_known(info["key_encryption_algorithm"])
    except FAILED:
        return False


def _unwrapped(info: cms.KeyAgreeRecipientInfo, own: OwnKey, wrapped: bytes, size: int) -> bytes:
    try:
        made = key_agreement.agreed_key(info, own.key, wrapped)
    except (*FAILED, key_agreement.InvalidUnwrap):
        return secrets.token_bytes(size)
    return made if len(made) == size else secrets.token_bytes(size)


def _by_password(info: cms.PasswordRecipientInfo, means: Means, found: Keys) -> None:
    if found.why is LockWhy.NO_KEY:
        found.why = LockWhy.WRONG_WORD if means.words else LockWhy.NEEDS_WORD
    found.keys += password_recipients.content_keys(info, means.words)


def _is_for(rid: core.Choice, own: OwnKey) -> bool:
    """Compare the identifier of a recipient with a key of ours (RFC 5652 §6.2.1, §6.2.2)."""
    if rid.name == "subject_key_identifier":
        return rid.chosen.native in own.identifiers
    if rid.name == "r_key_id":
        return rid.chosen["subject_key_identifier"].native in own.identifiers
    # A key without its certificate cannot be told by issuer and serial number: it is tried.
    return not own.certificates or any(_named(rid.chosen, own))


def _named(sid: cms.IssuerAndSerialNumber, own: OwnKey) -> Iterator[bool]:
    serial, issuer = sid["serial_number"].native, sid["issuer"]
    for each in own.certificates:
        if each.serial_number == serial:
            octets = each.issuer.public_bytes()
            yield octets == issuer.dump() or asn1_x509.Name.load(octets) == issuer
