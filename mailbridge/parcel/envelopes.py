"""EnvelopedData and AuthEnvelopedData: opened with our keys (RFC 5652 §6.1, RFC 5083 §2.1)."""

from dataclasses import dataclass

from asn1crypto import cms, core

from mailbridge.model.parcel import LockWhy
from mailbridge.parcel import recipients
from mailbridge.parcel.ciphers import FAILED, TRIPLE_DES, Locked
from mailbridge.parcel.private_keys import private_keys
from mailbridge.parcel.unpacking import Unpacking

# Ciphers that nobody should use any more; they are named, and never opened.
_WEAK = {"rc2", "rc4", "rc5", "des"}
KINDS = {"enveloped_data", "authenticated_enveloped_data"}


@dataclass(frozen=True, slots=True)
class Envelope:
    """What became of one: the plain octets, or why it stayed closed; its cipher in any case."""

    plain: bytes = b""
    why: LockWhy | None = None
    cipher: str = ""


def opened(work: Unpacking, info: cms.ContentInfo, name: str) -> Envelope:
    """Open one with whichever of our keys or passwords fits; `name` is that of its file."""
    try:
        locked, infos = _read(info)
        return _opened(work, locked, infos, name)
    except (*FAILED, AttributeError, RecursionError, NotImplementedError):
        # ASN.1 that is none, wherever in it the reader stumbles.
        return Envelope(why=LockWhy.DAMAGED)


def _read(info: cms.ContentInfo) -> tuple[Locked, cms.RecipientInfos]:
    data = info["content"]
    if info["content_type"].native == "enveloped_data":
        inner = data["encrypted_content_info"]
        tag, beside = b"", b""
    else:
        inner = data["auth_encrypted_content_info"]
        tag, beside = data["mac"].native, _authenticated(data["auth_attrs"])
    octets = inner["encrypted_content"].native or b""
    locked = Locked(inner["content_encryption_algorithm"], octets, tag, beside)
    return locked, data["recipient_infos"]


def _authenticated(attributes: cms.CMSAttributes) -> bytes:
    """Write what is authenticated beside the content: the SET OF in DER (RFC 5083 §2.2)."""
    if isinstance(attributes, core.Void) or not len(attributes):
        return b""
    written: bytes = attributes.untag().dump(force=True)
    return written


def _opened(work: Unpacking, locked: Locked, infos: cms.RecipientInfos, name: str) -> Envelope:
    cipher, size = locked.cipher, locked.key_size
    if size is None:
        why = LockWhy.WEAK if cipher in _WEAK else LockWhy.UNSUPPORTED
        return Envelope(why=why, cipher=cipher)
    if cipher == TRIPLE_DES and not work.means.allow_3des:
        return Envelope(why=LockWhy.WEAK, cipher=cipher)
    words = work.keyring.passwords_for(name)
    means = recipients.Means(private_keys(work.keyring), words, size)
    found = recipients.content_keys(infos, means)
    for key in found.keys:
        try:
            return Envelope(locked.open(key), None, cipher)
        except FAILED:
            continue
    return Envelope(why=found.why, cipher=cipher)
