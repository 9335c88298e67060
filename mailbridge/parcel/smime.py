"""S/MIME layers: clear-signed and opaque. Octets are taken as they are, never written anew."""

import base64
import hashlib
import re
from collections.abc import Iterator

from asn1crypto import cms, pem

from mailbridge.mime import content
from mailbridge.mime.parse import Octets
from mailbridge.model.errors import Reason, RefusedError
from mailbridge.model.message import Header, Message, Part
from mailbridge.model.parcel import SealClaim, SealForm
from mailbridge.parcel.unpacking import Unpacking

_PIECE = 1024 * 1024
_SIGNATURE_TYPES = {"application/pkcs7-signature", "application/x-pkcs7-signature"}
_MIME_TYPES = {"application/pkcs7-mime", "application/x-pkcs7-mime"}
_PROTECTED = {"from", "to", "cc", "subject", "date", "message-id", "in-reply-to", "references"}
_BARE_LF = re.compile(rb"(?<!\r)\n")
# A signature of megabytes is an attack on the ASN.1 parser; an opaque mail is one, though.
_SIGNATURE_SIZE = 4 * 1024 * 1024


def is_clear_signed(part: Part) -> bool:
    """Tell whether the part is multipart/signed by S/MIME (RFC 8551 §3.5.3)."""
    match part.children:
        case (_, signature) if part.type == "multipart/signed":
            protocol = (part.parameter("protocol") or signature.type).lower()
            return {protocol, signature.type} <= _SIGNATURE_TYPES
        case _:
            return False


def is_opaque(part: Part) -> bool:
    """Tell whether the part is application/pkcs7-mime (RFC 8551 §3.5.2), of whatever content."""
    return part.type in _MIME_TYPES


def clear_claim(work: Unpacking, octets: Octets, part: Part, *, whole: bool) -> SealClaim:
    """Claim the signature of a multipart/signed over the exact octets of its first part."""
    work.deepen()
    signed, signature = part.children
    if signature.end - signature.body > _SIGNATURE_SIZE:
        raise RefusedError(Reason.TOO_LARGE, "a signature of megabytes")
    der = work.write([_der(b"".join(content.chunks(octets, signature)))])
    source, start, end = str(work.source), signed.start, signed.end
    # RFC 8551 §3.1.1: what was signed had CRLF; a store that cut them changed only line ends.
    if _has_bare_lf(octets, signed):
        work.note("lf-only")
        pieces = (_BARE_LF.sub(b"\r\n", bytes(octets[start:end])),)
        written = work.write(pieces)
        source, start, end = str(work.scratch / written.stored), 0, written.size
        mic = base64.b64encode(bytes.fromhex(written.sha256)).decode()
    else:
        mic = _mic(octets, start, end)
    return SealClaim(
        form=SealForm.SMIME,
        path=part.path,
        cms=str(work.scratch / der.stored),
        signed=source,
        start=start,
        end=end,
        covers=tuple(_paths(signed)),
        whole=whole,
        mic=mic,
    )


def protected(message: Message) -> tuple[tuple[str, str], ...]:
    """List header fields that a signed part repeats (RFC 8551 §3.1, RFC 9788 §2.1)."""
    return protected_of(message.headers)


def protected_of(headers: tuple[Header, ...]) -> tuple[tuple[str, str], ...]:
    """List the address and subject fields among these headers."""
    return tuple((h.name.lower(), h.value) for h in headers if h.name.lower() in _PROTECTED)


def opaque_content(octets: bytes) -> tuple[str, bytes, bytes]:
    """Read a CMS: its kind in one word, its DER, and its content where it is signed."""
    der = _der(octets)
    try:
        info = cms.ContentInfo.load(der)
        kind = info["content_type"].native
        if kind != "signed_data":
            return str(kind), der, b""
        inner = info["content"]["encap_content_info"]["content"].native
    except (ValueError, TypeError, KeyError) as error:
        raise RefusedError(Reason.MALFORMED, "a CMS that is none") from error
    return "signed_data", der, inner if isinstance(inner, bytes) else b""


def _der(octets: bytes) -> bytes:
    if pem.detect(octets[:200]):
        try:
            der: bytes = pem.unarmor(octets)[2]
            return der
        except ValueError as error:
            raise RefusedError(Reason.MALFORMED, "a PEM that is none") from error
    return octets


def _paths(part: Part) -> Iterator[str]:
    yield part.path
    for child in part.children:
        yield from _paths(child)


def _has_bare_lf(octets: Octets, part: Part) -> bool:
    line = octets.find(b"\n", part.start, part.end)
    return line > part.start and octets[line - 1 : line] != b"\r"


def _mic(octets: Octets, start: int, end: int) -> str:
    digest = hashlib.sha256()
    for at in range(start, end, _PIECE):
        digest.update(octets[at : min(at + _PIECE, end)])
    return base64.b64encode(digest.digest()).decode()


def mic_of(octets: bytes) -> str:
    """Give the Received-content-MIC of a signed entity."""
    return base64.b64encode(hashlib.sha256(octets).digest()).decode()
