"""S/MIME layers: clear-signed and opaque. Octets are taken as they are, never written anew."""

import base64
import hashlib
import re

from asn1crypto import cms, pem

from mailbridge.mime import content, parse
from mailbridge.mime.parse import Octets
from mailbridge.model.errors import Reason, RefusedError
from mailbridge.model.message import Header, Part
from mailbridge.model.parcel import LockForm, LockWhy, SealClaim, SealForm
from mailbridge.model.problem import Problem
from mailbridge.parcel.unpacking import Place, Raw, Unpacking

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


def clear_claim(work: Unpacking, raw: Raw, part: Part, place: Place) -> SealClaim:
    """Claim the signature of a multipart/signed over the exact octets of its first part."""
    work.deepen()
    signed, signature = part.children
    if signature.end - signature.body > _SIGNATURE_SIZE:
        raise RefusedError(Reason.TOO_LARGE, "a signature of megabytes")
    der = work.write([_der(b"".join(content.chunks(raw.octets, signature)))])
    headers, _ = parse.entity_headers(raw.octets, signed, work.limits)
    source, start, end = str(raw.file), signed.start, signed.end
    # RFC 8551 §3.1.1: what was signed had CRLF; a store that cut them changed only line ends.
    if _has_bare_lf(raw.octets, signed):
        work.note(Problem.LF_ONLY)
        pieces = (_BARE_LF.sub(b"\r\n", bytes(raw.octets[start:end])),)
        written = work.write(pieces)
        source, start, end = str(work.scratch / written.stored), 0, written.size
        mic = base64.b64encode(bytes.fromhex(written.sha256)).decode()
    else:
        mic = _mic(raw.octets, start, end)
    return SealClaim(
        form=SealForm.SMIME,
        path=place.path,
        signature=der.stored,
        signed=source,
        start=start,
        end=end,
        whole=place.whole,
        on_file=place.on_file,
        mic=mic,
        protected=protected_of(headers),
        unlocked_by=place.unlocked_by,
    )


def open_opaque(work: Unpacking, raw: Raw, part: Part, place: Place) -> None:
    """Open an application/pkcs7-mime part, whatever it holds (RFC 8551 §3.2.2)."""
    work.deepen()
    if part.end - part.body > work.limits.mail_size:
        raise RefusedError(Reason.TOO_LARGE, "an opaque part beyond the limit")
    kind, der, inner = opaque_content(b"".join(content.chunks(raw.octets, part)))
    if kind != "signed_data" or not inner:
        word = "smime-encrypted" if kind.endswith("enveloped_data") else "cms-other"
        if word == "smime-encrypted":
            work.lock(LockForm.SMIME, place, LockWhy.UNSUPPORTED)
        work.unsupported.append((place.path, word))
        return
    signature, entity = work.write([der]), work.raw(inner)
    try:
        message = parse.parse(inner, work.limits)
    except RefusedError:
        # A file in a CMS envelope, not a MIME entity.
        work.unsupported.append((place.path, "cms-enveloping-file"))
        return
    claim = SealClaim(
        form=SealForm.SMIME,
        path=place.path,
        signature=signature.stored,
        whole=place.whole,
        on_file=place.on_file,
        mic=mic_of(inner),
        protected=protected_of(message.headers),
        unlocked_by=place.unlocked_by,
    )
    with work.beneath(claim):
        work.read_entity(entity, place)


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
