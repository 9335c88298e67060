"""OpenPGP in MIME (RFC 3156 §4, §5): signed and encrypted entities, also as servers mangle them."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from mailbridge.mime import content, parse
from mailbridge.mime.parameters import content_type
from mailbridge.mime.words import as_text
from mailbridge.model.errors import Reason, RefusedError
from mailbridge.model.message import Header, Message, Part
from mailbridge.model.parcel import SealClaim, SealForm
from mailbridge.model.problem import Problem
from mailbridge.parcel import openpgp_data
from mailbridge.parcel.openpgp_data import Content
from mailbridge.parcel.protected import of_headers
from mailbridge.parcel.sniff import HEAD, type_of
from mailbridge.parcel.unpacking import Place, Raw, Unpacking, Written

_SIGNATURE = "application/pgp-signature"
_CONTROL = "application/pgp-encrypted"
_DATA = "application/octet-stream"
# What follows the last boundary is looked at so far.
_FOOTER = 64 * 1024
_MIME = {"content-type", "content-transfer-encoding", "mime-version"}
_BARE_LF = re.compile(rb"(?<!\r)\n")
_PIECE = 1024 * 1024
# RFC 9580 §5.2: a signature is a few hundred octets; sixteen with long notations are less.
_SIGNATURE_SIZE = 256 * 1024


def is_signed(part: Part) -> bool:
    """Tell whether the part is multipart/signed by OpenPGP (RFC 3156 §5)."""
    match part.children:
        case (_, signature) if part.type == "multipart/signed":
            protocol = (part.parameter("protocol") or signature.type).lower()
            return protocol == signature.type == _SIGNATURE
        case _:
            return False


def signed_claim(work: Unpacking, raw: Raw, part: Part, place: Place) -> SealClaim:
    """Claim the signature of a multipart/signed over the exact octets of its first part."""
    signed, signature = part.children
    if signature.end - signature.body > _SIGNATURE_SIZE:
        raise RefusedError(Reason.TOO_LARGE, "a signature of megabytes")
    octets = b"".join(content.chunks(raw.octets, signature))
    openpgp_data.is_detached(work, octets)
    fields = protected_of(parse.entity_headers(raw.octets, signed, work.limits)[0])
    hidden(work, place, fields)
    laid = _canonical(work, raw, signed)
    return SealClaim(
        SealForm.OPENPGP,
        place.path,
        signature=work.write([octets]).stored,
        signed=laid.stored,
        end=laid.size,
        whole=place.whole,
        on_file=place.on_file,
        mic=openpgp_data.mic(laid),
        protected=fields,
        unlocked_by=place.unlocked_by,
    )


def _canonical(work: Unpacking, raw: Raw, part: Part) -> Written:
    """Lay down what was signed: the part as it lies, its line ends CR LF (RFC 3156 §5)."""

    def pieces() -> Iterator[bytes]:
        before = b""
        for at in range(part.start, part.end, _PIECE):
            piece = bytes(raw.octets[at : min(at + _PIECE, part.end)])
            # The CR of a line end may lie in the piece before.
            fixed = _BARE_LF.sub(b"\r\n", before + piece)[len(before) :]
            if len(fixed) != len(piece):
                work.note(Problem.LF_ONLY)
            yield fixed
            before = piece[-1:]

    return work.write(pieces())


def is_encrypted(part: Part) -> bool:
    """Tell whether the part is multipart/encrypted (RFC 3156 §4), or was one before a server.

    Exchange makes multipart/mixed of it, with an empty text before; lists add a text after it.
    """
    return _data(part) is not None


def _data(part: Part) -> Part | None:
    """Find the part with the encrypted data, behind the part that announces it."""
    kinds = [child.type for child in part.children]
    if part.type not in {"multipart/encrypted", "multipart/mixed"} or _CONTROL not in kinds:
        return None
    at = kinds.index(_CONTROL)
    rest = kinds[:at] + kinds[at + 2 :]
    if kinds[at + 1 : at + 2] != [_DATA] or not all(kind == "text/plain" for kind in rest):
        return None
    return part.children[at + 1]


def open_encrypted(work: Unpacking, raw: Raw, part: Part, place: Place) -> None:
    """Open multipart/encrypted: inside is a MIME entity, signed or not (RFC 3156 §6.2).

    `place` is that of the entity which holds the part.
    """
    data = _data(part)
    if data is None or data.end - data.body > work.limits.mail_size:
        raise RefusedError(Reason.TOO_LARGE, "an encrypted part beyond the limit")
    seen = [_show(work, raw, each, place) for each in part.children if each.type == "text/plain"]
    alone = not any(seen) and not _has_footer(raw, part)
    here = replace(place, path=path_of(place, part), whole=place.whole and alone)
    stored = work.write(content.chunks(raw.octets, data)).stored
    opened = openpgp_data.open_message(work, stored, here)
    if opened is not None:
        read_content(work, opened)


def _has_footer(raw: Raw, part: Part) -> bool:
    """Tell whether words stand behind the last boundary, where some readers show them."""
    end = part.children[-1].end
    behind = bytes(raw.octets[end : min(part.end, end + _FOOTER)]).lstrip(b"\r\n")
    return bool(behind.partition(b"\n")[2].strip())


def path_of(place: Place, part: Part) -> str:
    """Give the path of a part of the entity that stands there."""
    return f"{place.path}.{part.path}" if place.path else part.path


def _show(work: Unpacking, raw: Raw, part: Part, place: Place) -> bool:
    """List what somebody laid beside the encrypted data; tell whether its reader sees any of it."""
    text = content.text(raw.octets, part, work.limits.text_size)
    if not text.strip():
        return False
    work.add_text(replace(place, path=path_of(place, part), whole=False), part.type, text)
    return True


def read_content(work: Unpacking, opened: Content) -> None:
    """Walk through the entity that came out, under the seal that it came with."""
    octets = (work.scratch / opened.stored).read_bytes()
    message = _entity(work, octets)
    if message is None:
        # Some programs encrypt the bare text, whose first line may look like a field.
        with sealed(work, opened):
            add_plain(work, opened, octets)
        return
    fields = _fields(work, octets, message)
    hidden(work, opened.place, fields)
    with sealed(work, opened, fields):
        work.read_entity(Raw(octets, work.scratch / opened.stored), opened.place)


def hidden(work: Unpacking, place: Place, fields: tuple[tuple[str, str], ...]) -> None:
    """Keep the fields that a lock around the whole hid: its reader sees them in their stead."""
    if place.whole and place.unlocked_by and not work.protected:
        work.protected.extend(fields)


def _entity(work: Unpacking, octets: bytes) -> Message | None:
    """Read what came out as a MIME entity (RFC 3156 §4); None where no field says it is one."""
    try:
        message = parse.parse(octets, work.limits)
    except RefusedError as refusal:
        if refusal.reason is not Reason.MALFORMED:
            raise
        return None
    return message if any(h.name.lower() in _MIME for h in message.headers) else None


def _fields(work: Unpacking, octets: bytes, message: Message) -> tuple[tuple[str, str], ...]:
    """List the fields that the entity which came out repeats on purpose."""
    # RFC 8551 §3.1: the whole mail may be wrapped, which is said so and is no mail passed on.
    if message.root.type == "message/rfc822" and message.root.parameter("forwarded") == "no":
        wrapped = (
            parse.entity_headers(octets, part, work.limits) for part in message.root.children
        )
        return tuple(field for headers, _ in wrapped for field in of_headers(headers))
    return protected_of(message.headers)


@contextmanager
def sealed(
    work: Unpacking, opened: Content, protected: tuple[tuple[str, str], ...] = ()
) -> Iterator[None]:
    """List the claim of a content, if it has one; what is found within the block it covers."""
    if opened.claim is None:
        yield
        return
    with work.beneath(replace(opened.claim, protected=protected)):
        yield


def add_plain(work: Unpacking, opened: Content, octets: bytes) -> None:
    """List a content that is no entity: a text, or a file."""
    if type_of(octets[:HEAD]).startswith("text/"):
        work.add_text(opened.place, "text/plain", as_text(octets).replace("\r\n", "\n"))
    else:
        place = replace(opened.place.inside(1), on_file=opened.place.on_file)
        work.add_file(place, opened.name, [octets])


def protected_of(headers: tuple[Header, ...]) -> tuple[tuple[str, str], ...]:
    """List the fields that an entity repeats on purpose, and says so (RFC 9788 §2.1)."""
    kinds = [h.raw for h in headers if h.name.lower() == "content-type"]
    said = content_type(kinds[0].encode("latin-1")) if kinds else None
    if said is None or not (said.get("hp") or said.get("protected-headers")):
        return ()
    return of_headers(headers)
