"""Header fields that a signed or locked part repeats (RFC 8551 §3.1, RFC 9788 §2.1)."""

import base64
import hashlib

from mailbridge.mime import parse
from mailbridge.mime.parse import Octets
from mailbridge.model.limits import Limits
from mailbridge.model.message import Header, Part
from mailbridge.parcel.unpacking import Raw, Unpacking

_FIELDS = {"from", "to", "cc", "subject", "date", "message-id", "in-reply-to", "references"}
_MESSAGES = {"message/rfc822", "message/global"}
_PIECE = 1024 * 1024

Fields = tuple[tuple[str, str], ...]


def fields_of(octets: Octets, part: Part, limits: Limits) -> Fields:
    """List what this part says of sender, addressees and subject, marked or not.

    A whole message in it counts where it says that it is not forwarded (RFC 8551 §3.1).
    """
    headers = _wrapped(octets, part, limits)
    if headers is None:
        headers, _ = parse.entity_headers(octets, part, limits)
    return of_headers(headers)


def of_headers(headers: tuple[Header, ...]) -> Fields:
    """List the address and subject fields among these headers."""
    return tuple((h.name.lower(), h.value) for h in headers if h.name.lower() in _FIELDS)


def _wrapped(octets: Octets, part: Part, limits: Limits) -> tuple[Header, ...] | None:
    is_wrapped = part.type in _MESSAGES and (part.parameter("forwarded") or "").lower() == "no"
    if not is_wrapped or not part.children:
        return None
    return parse.entity_headers(octets, part.children[0], limits)[0]


def note_fields(work: Unpacking, raw: Raw, part: Part) -> None:
    """Note the fields of the part behind all seals and locks, if it is marked to hold them."""
    if not work.protected and is_marked(raw.octets, part, work.limits):
        work.protected.extend(fields_of(raw.octets, part, work.limits))


def is_marked(octets: Octets, part: Part, limits: Limits) -> bool:
    """Tell whether its fields are meant for those of the mail (RFC 9788 §2.1).

    Without `hp`, or the mark of the drafts before it, they are mere fields of a part.
    """
    return (
        part.parameter("hp") in {"clear", "cipher"}
        or part.parameter("protected-headers") == "v1"
        or _wrapped(octets, part, limits) is not None
    )


def mic_of(octets: Octets, start: int = 0, end: int | None = None) -> str:
    """Give the Received-content-MIC of a signed entity: base64 of its SHA-256."""
    digest = hashlib.sha256()
    end = len(octets) if end is None else end
    for at in range(start, end, _PIECE):
        digest.update(octets[at : min(at + _PIECE, end)])
    return base64.b64encode(digest.digest()).decode()
