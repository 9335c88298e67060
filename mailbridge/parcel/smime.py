"""S/MIME in the parts of a mail: clear-signed and opaque. Octets are taken as they are."""

import re

from mailbridge.mime import content
from mailbridge.mime.parse import Octets
from mailbridge.model.errors import Reason, RefusedError
from mailbridge.model.message import Part
from mailbridge.model.parcel import LockForm, LockWhy, SealClaim, SealForm
from mailbridge.model.problem import Problem
from mailbridge.parcel import cms, large_cms, protected
from mailbridge.parcel.armour import binary
from mailbridge.parcel.sniff import HEAD, type_of
from mailbridge.parcel.unpacking import Place, Raw, Unpacking

_SIGNATURE_TYPES = {"application/pkcs7-signature", "application/x-pkcs7-signature"}
_MIME_TYPES = {"application/pkcs7-mime", "application/x-pkcs7-mime"}
_BARE_LF = re.compile(rb"(?<!\r)\n")
# A signature of megabytes is an attack on the ASN.1 parser; an opaque mail is one, though.
_SIGNATURE_SIZE = 4 * 1024 * 1024


def is_clear_signed(part: Part) -> bool:
    """Tell whether the part is multipart/signed by S/MIME (RFC 8551 §3.5.3).

    What its protocol says counts for nothing: the second part is a signature, or it is none.
    """
    match part.children:
        case (_, signature, *_) if part.type == "multipart/signed":
            return _is(signature, _SIGNATURE_TYPES, (".p7s",))
        case _:
            return False


def is_opaque(part: Part) -> bool:
    """Tell whether the part is application/pkcs7-mime (RFC 8551 §3.2), of whatever content."""
    return not part.children and _is(part, _MIME_TYPES, (".p7m", ".p7z", ".p7c"))


def _is(part: Part, types: set[str], suffixes: tuple[str, ...]) -> bool:
    """Go by the type, or by the name where a gateway has put octet-stream (RFC 8551 §3.9)."""
    named = part.type == "application/octet-stream" and part.name is not None
    return part.type in types or (named and str(part.name).lower().endswith(suffixes))


def clear_claim(work: Unpacking, raw: Raw, part: Part, place: Place) -> SealClaim:
    """Claim the signature of a multipart/signed over the exact octets of its first part."""
    signed, signature = part.children[:2]
    if signature.end - signature.body > _SIGNATURE_SIZE:
        raise RefusedError(Reason.TOO_LARGE, "a signature of megabytes")
    _compare(work, part)
    der = work.write([binary(b"".join(content.chunks(raw.octets, signature)))])
    source, start, end = str(raw.file), signed.start, signed.end
    # RFC 8551 §3.1.1: what was signed had CRLF; a store that cut them changed only line ends.
    if _has_bare_lf(raw.octets, signed):
        work.note(Problem.LF_ONLY)
        pieces = (_BARE_LF.sub(b"\r\n", bytes(raw.octets[start:end])),)
        written = work.write(pieces)
        source, start, end = str(work.scratch / written.stored), 0, written.size
        mic = protected.mic_of(pieces[0])
    else:
        mic = protected.mic_of(raw.octets, start, end)
    return SealClaim(
        form=SealForm.SMIME,
        path=place.path,
        signature=der.stored,
        signed=source,
        start=start,
        end=end,
        whole=place.whole and end > start,
        on_file=place.on_file,
        mic=mic,
        protected=protected.fields_of(raw.octets, signed, work.limits),
        shows=protected.is_marked(raw.octets, signed, work.limits),
        unlocked_by=place.unlocked_by,
    )


def _compare(work: Unpacking, part: Part) -> None:
    """Note where the frame says another protocol than S/MIME (RFC 1847 §2.1)."""
    protocol = (part.parameter("protocol") or "").lower()
    if protocol not in _SIGNATURE_TYPES:
        work.note(Problem.PROTOCOL_DIFFERS)


def open_opaque(work: Unpacking, raw: Raw, part: Part, place: Place) -> None:
    """Open an application/pkcs7-mime part, whatever it holds (RFC 8551 §3.2.2)."""
    if part.end - part.body > work.limits.mail_size:
        raise RefusedError(Reason.TOO_LARGE, "an opaque part beyond the limit")
    if part.end - part.body >= large_cms.SIZE:
        stored = work.write(content.chunks(raw.octets, part)).stored
        if large_cms.opened(work, stored, place):
            return
    octets = b"".join(content.chunks(raw.octets, part))
    try:
        one = cms.read(octets)
    except RefusedError:
        _name_the_broken(work, part, place, octets)
        return
    if not cms.open_cms(work, cms.Found(place, part.name or "", as_part=True), one):
        work.add_file(place, part.name or "", [octets], part.type, part.content_id)


def _name_the_broken(work: Unpacking, part: Part, place: Place, octets: bytes) -> None:
    """Name what says to be S/MIME and cannot be read: a lock that is shut, or a broken seal."""
    work.note(Problem.BROKEN_CMS)
    is_lock = type_of(binary(octets)[:HEAD]) == "application/pkcs7-mime"
    if is_lock or "envelope" in (part.parameter("smime-type") or ""):
        work.lock(LockForm.SMIME, place, LockWhy.DAMAGED)
        return
    stored = work.write([octets]).stored
    work.claims.append(SealClaim(SealForm.SMIME, place.path, stored, unlocked_by=place.unlocked_by))


def _has_bare_lf(octets: Octets, part: Part) -> bool:
    line = octets.find(b"\n", part.start, part.end)
    return line > part.start and octets[line - 1 : line] != b"\r"
