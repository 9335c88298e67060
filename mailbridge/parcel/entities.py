"""The parts of a mail, one after the other: seals and locks are opened, files and texts listed."""

from dataclasses import replace

from mailbridge.mime import content, parse
from mailbridge.model.errors import Reason, RefusedError
from mailbridge.model.message import Part
from mailbridge.model.parcel import Flow, SealClaim
from mailbridge.model.problem import Problem
from mailbridge.parcel import openpgp, openpgp_text, protected, smime, uuencoded
from mailbridge.parcel.unpacking import Place, Raw, Unpacking

# Recognised and named; they hold the mail.
_CLOSED = {
    "message/partial": "message-partial",
    "message/external-body": "message-external-body",
    "multipart/encrypted": "encrypted",
}
# Reports of mail servers, which people read (RFC 3464 §2, RFC 8098 §3).
_REPORTS = {
    "message/delivery-status",
    "message/global-delivery-status",
    "message/disposition-notification",
    "message/global-disposition-notification",
    "message/feedback-report",
}
_MAILS = {"message/rfc822", "message/global"}
# No Message-ID is longer than a line of a mail (RFC 5322 §2.1.1).
_NAME = 998
# What follows a last boundary is looked at so far.
_REST = 64 * 1024
# What an entity within a mail need not have.
_OF_MAILS = {Problem.NO_FROM, Problem.NO_DATE, Problem.NO_MESSAGE_ID, Problem.EMPTY_BODY}


def read(work: Unpacking, raw: Raw, place: Place) -> None:
    """Walk through a MIME entity that came out of something; raises RefusedError if it is none."""
    message = parse.parse(raw.octets, work.limits)
    for problem in message.problems:
        if problem not in _OF_MAILS:
            work.note(problem)
    walk(work, raw, message.root, place)


def walk(work: Unpacking, raw: Raw, part: Part, place: Place) -> None:
    """Go through a part and all below it; `place` is that of the entity which holds the part."""
    here = replace(place, path=f"{place.path}.{part.path}" if place.path else part.path)
    if part.type == "multipart/signed" and _clear_signed(work, raw, part, place):
        return
    if place.payload and place.whole and place.unlocked_by and not smime.is_opaque(part):
        protected.note_fields(work, raw, part)
    inner = replace(place, payload=False)
    if _is_opened(work, raw, part, inner):
        return
    if part.children:
        # RFC 8551 §3.1: what is not forwarded is this mail once more, with its header.
        if part.type in _MAILS and (part.parameter("forwarded") or "").lower() != "no":
            work.mails.append((here.path, _name_of(work, raw, part.children[0])))
        # Beside others, or in a mail within the mail, nothing is the whole any more.
        alone = len(part.children) == 1 and part.type.startswith("multipart/")
        alone = alone and not _has_words_after(raw, part)
        for child in part.children:
            walk(work, raw, child, replace(inner, whole=place.whole and alone))
    elif part.type.startswith("multipart/"):
        work.note(Problem.EMPTY_MULTIPART)
    else:
        _list(work, raw, part, here)


def _name_of(work: Unpacking, raw: Raw, mail: Part) -> str:
    """Give the Message-ID of a mail within the mail: what a bounce returned (RFC 6522 §3)."""
    found, _ = parse.entity_headers(raw.octets, mail, work.limits)
    names = [header.value for header in found if header.name.lower() == "message-id"]
    return names[0].strip(" <>\t")[:_NAME] if len(names) == 1 else ""


def _clear_signed(work: Unpacking, raw: Raw, part: Part, place: Place) -> bool:
    """Walk through a multipart/signed; what stands beside its two parts is under no seal."""
    path = f"{place.path}.{part.path}" if place.path else part.path
    added = part.children[2:]
    alone = bool(part.children) and not added and not _has_words_after(raw, part)
    inner = replace(place, whole=place.whole and alone)
    claim = _clear_claim(work, raw, part, replace(inner, path=path))
    if claim is None:
        return False
    with work.beneath(claim):
        walk(work, raw, part.children[0], replace(inner, payload=True))
    for child in added:
        walk(work, raw, child, replace(inner, payload=False))
    return True


def _has_words_after(raw: Raw, part: Part) -> bool:
    """Tell whether anything stands after the last boundary, where some readers show it."""
    end = part.children[-1].end
    rest = bytes(raw.octets[end : min(part.end, end + _REST)])
    _, _, after = rest.lstrip(b"\r\n").partition(b"\n")
    return bool(after.strip())


def _clear_claim(work: Unpacking, raw: Raw, part: Part, here: Place) -> SealClaim | None:
    """Claim the signature of a multipart/signed, of either form."""
    if smime.is_clear_signed(part):
        return smime.clear_claim(work, raw, part, here)
    return openpgp.signed_claim(work, raw, part, here) if openpgp.is_signed(part) else None


def _is_opened(work: Unpacking, raw: Raw, part: Part, place: Place) -> bool:
    """Open what is closed, or name it; False where it is neither."""
    here = replace(place, path=f"{place.path}.{part.path}" if place.path else part.path)
    if smime.is_opaque(part):
        smime.open_opaque(work, raw, part, here)
    elif openpgp.is_encrypted(part):
        openpgp.open_encrypted(work, raw, part, place)
    elif part.type in _CLOSED:
        work.unsupported.append((here.path, _CLOSED[part.type]))
    else:
        return False
    return True


def _list(work: Unpacking, raw: Raw, part: Part, here: Place) -> None:
    """List a leaf: a mail that was encoded, a text that a person reads, or a file."""
    if part.type in _MAILS and not part.children:
        _open_mail(work, raw, part, here)
    elif not _is_read(part):
        chunks = content.chunks(raw.octets, part, work.note)
        work.add_file(here, part.name or "", chunks, part.type, part.content_id)
    elif not openpgp_text.open_text(work, raw, part, here):
        text = content.text(raw.octets, part, work.text_room, work.note)
        work.add_text(here, part.type, text, _flow(part))
        uuencoded.list_from_text(work, raw, part, here)


def _flow(part: Part) -> Flow:
    """Tell what the line ends of a text mean (RFC 3676 §4.1, §4.2)."""
    if part.type != "text/plain" or (part.parameter("format") or "").strip().lower() != "flowed":
        return Flow.FIXED
    return Flow.DELSP if (part.parameter("delsp") or "").strip().lower() == "yes" else Flow.FLOWED


def _is_read(part: Part) -> bool:
    """Tell whether a reader is shown the part itself; what has a name is a file."""
    if part.type in _REPORTS:
        return True
    is_text = part.type.startswith("text/") or part.type == "application/pgp"
    return is_text and part.disposition != "attachment" and not part.name


def _open_mail(work: Unpacking, raw: Raw, part: Part, place: Place) -> None:
    """Open a mail within the mail that was encoded, against RFC 2046 §5.2.1."""
    work.note(Problem.ENCODED_MESSAGE)
    work.mails.append((place.path, ""))
    inner = replace(place, whole=False, depth=place.depth + 1)
    if inner.depth > work.limits.container_layers:
        work.add_refused(place, part.name or "", Reason.TOO_DEEP, declared=part.type)
        return
    try:
        work.read_entity(work.raw(decoded(work, raw, part)), inner)
    except RefusedError as refusal:
        work.add_refused(place, part.name or "", refusal.reason, declared=part.type)


def decoded(work: Unpacking, raw: Raw, part: Part) -> bytes:
    """Give the whole decoded body of a part that must be held in memory, within the limit."""
    if part.end - part.body > work.limits.mail_size:
        raise RefusedError(Reason.TOO_LARGE, "a part beyond the limit")
    return b"".join(content.chunks(raw.octets, part))
