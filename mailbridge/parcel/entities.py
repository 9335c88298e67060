"""The parts of a mail, one after the other: seals and locks are opened, files and texts listed."""

from dataclasses import replace

from mailbridge.mime import content, parse
from mailbridge.model.errors import Reason, RefusedError
from mailbridge.model.message import Part
from mailbridge.parcel import smime
from mailbridge.parcel.unpacking import Place, Raw, Unpacking

# Recognised and named; they hold the mail.
_CLOSED = {"message/partial": "message-partial", "multipart/encrypted": "openpgp"}


def read(work: Unpacking, raw: Raw, place: Place) -> None:
    """Walk through a MIME entity that came out of something; raises RefusedError if it is none."""
    message = parse.parse(raw.octets, work.limits)
    walk(work, raw, message.root, place)


def walk(work: Unpacking, raw: Raw, part: Part, place: Place) -> None:
    """Go through a part and all below it; `place` is that of the entity which holds the part."""
    here = replace(place, path=f"{place.path}.{part.path}" if place.path else part.path)
    if smime.is_clear_signed(part):
        with work.beneath(smime.clear_claim(work, raw, part, here)):
            walk(work, raw, part.children[0], place)
    elif smime.is_opaque(part):
        smime.open_opaque(work, raw, part, here)
    elif part.type in _CLOSED:
        work.unsupported.append((here.path, _CLOSED[part.type]))
    elif part.children:
        # Beside others, or in a mail within the mail, nothing is the whole any more.
        alone = len(part.children) == 1 and part.type.startswith("multipart/")
        for child in part.children:
            walk(work, raw, child, replace(place, whole=place.whole and alone))
    elif part.type.startswith("multipart/"):
        work.note("empty-multipart")
    elif part.type.startswith("text/") and part.disposition != "attachment" and not part.name:
        text = content.text(raw.octets, part, work.limits.text_size)
        work.add_text(here, part.type, text)
    else:
        chunks = content.chunks(raw.octets, part)
        work.add_file(here, part.name or "", chunks, part.type, part.content_id)


def decoded(work: Unpacking, raw: Raw, part: Part) -> bytes:
    """Give the whole decoded body of a part that must be held in memory, within the limit."""
    if part.end - part.body > work.limits.mail_size:
        raise RefusedError(Reason.TOO_LARGE, "a part beyond the limit")
    return b"".join(content.chunks(raw.octets, part))
