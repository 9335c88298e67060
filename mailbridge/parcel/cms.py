"""A CMS, as a part of a mail or as a file: signed, locked, or compressed (RFC 5652 §4)."""

import re
import zlib
from dataclasses import dataclass, replace

from asn1crypto import cms, core

from mailbridge.mime import parse
from mailbridge.mime.words import as_text
from mailbridge.model.errors import Reason, RefusedError
from mailbridge.model.parcel import LockForm, SealClaim, SealForm
from mailbridge.parcel import envelopes, protected
from mailbridge.parcel.armour import binary
from mailbridge.parcel.sniff import HEAD, type_of
from mailbridge.parcel.unpacking import Place, Unpacking

UNREADABLE = (ValueError, TypeError, KeyError, AttributeError, RecursionError, OverflowError)
_ENTITY = re.compile(rb"(?:[!-9;-~]{1,80}[ \t]*:[^\n]*\n(?:[ \t][^\n]*\n)*)+(?:\r?\n|\Z)")
_MIME_FIELD = re.compile(rb"^(?:content-[a-z-]+|mime-version)[ \t]*:", re.IGNORECASE | re.MULTILINE)
_SUFFIX = re.compile(r"\.(?:p7m|p7s|p7z|p7|sig|cms|pem|der)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Cms:
    """A CMS that could be read; `content` is None where a signature is detached."""

    info: cms.ContentInfo
    der: bytes
    kind: str
    content: bytes | None = None
    signers: int = 0

    @property
    def is_detached(self) -> bool:
        """Tell whether it signs what lies elsewhere (RFC 5652 §5.2)."""
        return self.kind == "signed_data" and self.content is None and self.signers > 0


@dataclass(frozen=True, slots=True)
class Found:
    """Where it was found: in a mail as its part, or as a file of that name."""

    place: Place
    name: str = ""
    # What is inside a part is the mail; what is inside a file is another file.
    as_part: bool = False


def read(octets: bytes) -> Cms:
    """Read DER, BER, PEM or base64; raises RefusedError where it is no CMS."""
    try:
        der = binary(octets)
        info = cms.ContentInfo.load(der)
        kind = str(info["content_type"].native)
        if kind == "signed_data":
            data = info["content"]
            inner = data["encap_content_info"]["content"]
            return Cms(info, der, kind, _octets(inner), len(data["signer_infos"]))
        return Cms(info, der, kind)
    except UNREADABLE as error:
        raise RefusedError(Reason.MALFORMED, "a CMS that is none") from error


def _octets(content: core.Asn1Value) -> bytes | None:
    """Take the content that was signed, whatever its type (RFC 5652 §5.4)."""
    if isinstance(content, core.Void):
        return None
    if isinstance(content, core.OctetString | core.ParsableOctetString):
        return bytes(content)
    inner: bytes = content.contents
    return inner


def open_cms(work: Unpacking, found: Found, one: Cms) -> bool:
    """Open what it holds; False where it holds nothing: a detached signature, or certificates."""
    if one.kind == "signed_data":
        return _signed(work, found, one)
    if one.kind in envelopes.KINDS:
        envelope = envelopes.opened(work, one.info, found.name)
        lock = work.lock(LockForm.SMIME, found.place, envelope.why, envelope.cipher)
        if envelope.why is None:
            _deliver(work, replace(found, place=found.place.behind(lock)), envelope.plain)
        return True
    if one.kind == "compressed_data":
        _deliver(work, found, _decompressed(work, one.info))
        return True
    work.unsupported.append((found.place.path, "cms-other"))
    return False


def _signed(work: Unpacking, found: Found, one: Cms) -> bool:
    if one.content is None and not (found.as_part and found.place.whole and one.signers):
        return False
    content = one.content or b""
    is_mail = found.as_part and (is_entity(content) or _is_plain_mail(found, content))
    claim = SealClaim(
        form=SealForm.SMIME if is_mail else SealForm.CMS,
        path=found.place.path,
        signature=work.write([one.der]).stored,
        # A seal over nothing would stand for whatever words are put around it.
        whole=bool(content) and (found.place.whole or not is_mail),
        on_file=found.place.on_file or not is_mail,
        mic=protected.mic_of(content) if is_mail else "",
        unlocked_by=found.place.unlocked_by,
    )
    if is_entity(content):
        root = parse.parse(content, work.limits).root
        fields = protected.fields_of(content, root, work.limits)
        shows = protected.is_marked(content, root, work.limits)
        claim = replace(claim, protected=fields, shows=shows)
    with work.beneath(claim):
        if content:
            _deliver(work, replace(found, as_part=is_mail), content)
    return True


def is_entity(octets: bytes) -> bool:
    """Tell whether it begins with the header of a MIME entity (RFC 8551 §3.1)."""
    header = _ENTITY.match(octets[:HEAD])
    return header is not None and _MIME_FIELD.search(header[0]) is not None


def _is_plain_mail(found: Found, content: bytes) -> bool:
    """Tell whether it is bare text, or nothing, in the place of a whole mail."""
    return found.place.whole and (not content or type_of(content[:HEAD]).startswith("text/"))


def _deliver(work: Unpacking, found: Found, plain: bytes) -> None:
    """List what came out: the parts of the entity, or a file."""
    if is_entity(plain):
        place = found.place if found.as_part else found.place.inside(1)
        work.read_entity(work.raw(plain), replace(place, payload=found.as_part))
        return
    inside = found.place.inside(1)
    file = work.add_file(inside, _SUFFIX.sub("", found.name), [plain])
    if file.type.startswith("text/"):
        work.add_text(inside, file.type, as_text(plain[: work.text_room]))


def _decompressed(work: Unpacking, info: cms.ContentInfo) -> bytes:
    """Decompress within the limit (RFC 3274 §1.1); raises RefusedError for a bomb."""
    try:
        packed = bytes(info["content"]["encap_content_info"]["content"])
        inflater = zlib.decompressobj()
        made = inflater.decompress(packed, work.limits.mail_size + 1)
    except (*UNREADABLE, zlib.error) as error:
        raise RefusedError(Reason.MALFORMED, "compressed data that is none") from error
    if len(made) > work.limits.mail_size:
        raise RefusedError(Reason.BOMB, "compressed data beyond the limit")
    if not inflater.eof:
        raise RefusedError(Reason.MALFORMED, "compressed data without its end")
    return made
