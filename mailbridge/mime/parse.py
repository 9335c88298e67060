"""Octets into a `Message`, in linear time and without copying bodies. Nothing in it is believed."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from mailbridge.mime import addresses, boundaries, dates, headers, parameters
from mailbridge.mime.headers import Octets, Walk
from mailbridge.model.errors import Reason, RefusedError
from mailbridge.model.limits import Limits
from mailbridge.model.message import Address, Header, Message, Part
from mailbridge.model.problem import Problem

__all__ = ["Octets", "entity_headers", "last_received", "parse"]

_CHILD_TYPES = {"message/rfc822", "message/global"}
_CODED = {"base64", "quoted-printable"}
_ONCE = {
    "From": Problem.TWO_FROM,
    "Sender": Problem.TWO_SENDER,
    "To": Problem.TWO_TO,
    "Subject": Problem.TWO_SUBJECT,
    "Date": Problem.TWO_DATE,
    "Message-ID": Problem.TWO_MESSAGE_ID,
}
_ENCODING = re.compile(r"[\s\"']*([\w.+-]{1,40})")
# What programs write for encodings that are known.
_ENCODINGS = {
    "7-bit": "7bit",
    "7bits": "7bit",
    "8-bit": "8bit",
    "8bits": "8bit",
    "ascii": "7bit",
    "none": "8bit",
    "base-64": "base64",
    "base_64": "base64",
    "quoted": "quoted-printable",
    "quotedprintable": "quoted-printable",
    "quoted_printable": "quoted-printable",
}


def parse(octets: Octets, limits: Limits) -> Message:
    """Split a mail into headers and parts; raises RefusedError where that is not possible."""
    walk = Walk(_with_lines(octets, limits), limits)
    found, body = headers.read(walk, headers.beginning(walk), len(octets))
    if not found:
        raise RefusedError(Reason.MALFORMED, "no header field at the beginning")
    root = _part(walk, found, (0, body, len(octets)), "1", 1)
    return _with_fields(Message(headers=found, root=root), walk)


def _with_lines(octets: Octets, limits: Limits) -> Octets:
    """Read the line ends of old Macintosh programs, which had no LF; offsets stay what they are."""
    head = bytes(octets[: limits.header_size])
    if b"\n" in head or b"\r" not in head:
        return octets
    return bytes(octets).replace(b"\r", b"\n")


def last_received(message: Message) -> datetime | None:
    """Tell when the topmost Received field says that this copy was taken in (RFC 5321 §4.4)."""
    for value in message.values("Received")[:1]:
        return dates.moment(value.rpartition(";")[2])
    return None


def entity_headers(octets: Octets, part: Part, limits: Limits) -> tuple[tuple[Header, ...], int]:
    """Read the header fields of one part."""
    return headers.read(Walk(octets, limits), part.start, part.end)


def _part(
    walk: Walk,
    found: tuple[Header, ...],
    span: tuple[int, int, int],
    path: str,
    depth: int,
    default: str = "text/plain",
) -> Part:
    walk.parts += 1
    if walk.parts > walk.limits.parts:
        raise RefusedError(Reason.TOO_MANY, f"more than {walk.limits.parts} parts")
    if depth > walk.limits.depth:
        raise RefusedError(Reason.TOO_DEEP, f"parts nested deeper than {walk.limits.depth}")
    kind = parameters.content_type(_one(walk, found, "content-type"))
    shown = parameters.disposition(_one(walk, found, "content-disposition"))
    for problem in (*kind.problems, *shown.problems):
        walk.note(problem)
    part = Part(
        path=path,
        type=kind.word or default,
        start=span[0],
        body=span[1],
        end=span[2],
        encoding=_encoding(walk, found),
        charset=kind.get("charset"),
        name=_name(walk, found, kind, shown),
        disposition=shown.word or None,
        content_id=_one(walk, found, "content-id").decode("latin-1").strip(" <>\t") or None,
        parameters=kind.parameters,
    )
    return replace(part, children=tuple(_children(walk, part, depth)))


def _one(walk: Walk, found: tuple[Header, ...], name: str) -> bytes:
    """Give the octets of the first field of that name; another reader may take the last."""
    raws = [header.raw for header in found if header.name.lower() == name]
    if len(set(raws)) > 1 or (len(raws) > 1 and name == "content-type"):
        is_type = name == "content-type"
        walk.note(Problem.DUPLICATE_CONTENT_TYPE if is_type else Problem.DUPLICATE_FIELD)
    return raws[0].encode("latin-1") if raws else b""


def _encoding(walk: Walk, found: tuple[Header, ...]) -> str:
    """Name the transfer encoding in one lower-case word (RFC 2045 §6.1)."""
    stated = _ENCODING.match(_one(walk, found, "content-transfer-encoding").decode("latin-1"))
    word = stated[1].lower() if stated else "7bit"
    return _ENCODINGS.get(word, word)


def _name(
    walk: Walk, found: tuple[Header, ...], kind: parameters.Field, shown: parameters.Field
) -> str | None:
    """Choose the file name: Content-Disposition, then Content-Type, then the location's end."""
    by_disposition, by_type = shown.get("filename"), kind.get("name")
    if by_disposition and by_type and by_disposition != by_type:
        walk.note(Problem.NAMES_DIFFER)
    name = by_disposition or shown.get("name") or by_type or kind.get("filename")
    if name or kind.word.startswith(("text/", "multipart/")):
        return name or None
    # RFC 2557 §4.2: a part may be named by its location alone.
    location = _one(walk, found, "content-location").decode("utf-8", "replace").strip()
    last = re.split(r"[/\\]", location.partition("?")[0])[-1]
    return last if "." in last.strip(".") else None


def _children(walk: Walk, part: Part, depth: int) -> Iterator[Part]:
    spans: list[tuple[int, int]] | None
    if part.type.startswith("multipart/"):
        if part.encoding in _CODED:
            walk.note(Problem.ENCODED_MULTIPART)
        spans = boundaries.split(walk, part)
        if spans is None and _has_text(walk, part):
            # Without parts its body is what the reader is shown.
            yield Part(
                _inside(part, depth, 1), "text/plain", part.body, part.body, part.end, "8bit"
            )
    elif part.type in _CHILD_TYPES and part.encoding not in _CODED:
        walk.note(Problem.NESTED_MESSAGE)
        spans = [(part.body, part.end)]
    else:
        return
    default = "message/rfc822" if part.type == "multipart/digest" else "text/plain"
    for number, (start, end) in enumerate(spans or [], 1):
        found, body = headers.read(walk, start, end)
        # RFC 2046 §5.1.5: in a digest a part without a type is a mail.
        path = _inside(part, depth, number)
        yield _part(walk, found, (start, body, end), path, depth + 1, default)


def _inside(part: Part, depth: int, number: int) -> str:
    return f"{part.path}.{number}" if depth > 1 or part.type in _CHILD_TYPES else str(number)


def _has_text(walk: Walk, part: Part) -> bool:
    return bool(bytes(walk.octets[part.body : min(part.end, part.body + 4096)]).strip())


def _with_fields(message: Message, walk: Walk) -> Message:
    for name, problem in _ONCE.items():
        if len(message.values(name)) > 1:
            walk.note(problem)
    ids, stated = message.values("Message-ID"), message.values("Date")
    date = dates.moment(stated[0]) if stated else None
    from_, oddities = _addresses(message, "From")
    odd = {
        Problem.NO_FROM: not from_,
        Problem.SEVERAL_FROM: len(from_) > 1,
        Problem.NO_MESSAGE_ID: not ids,
        Problem.NO_DATE: not stated,
        Problem.BAD_DATE: bool(stated) and date is None,
        Problem.RESENT: bool(message.values("Resent-From")),
        Problem.EMPTY_BODY: message.root.body >= message.root.end,
        Problem.REPEATED_BOUNDARY: _repeats_boundary(message.root, frozenset()),
    }
    for problem in (*oddities, *(each for each, is_so in odd.items() if is_so)):
        walk.note(problem)
    return replace(
        message,
        from_=from_,
        sender=_addresses(message, "Sender")[0],
        reply_to=_addresses(message, "Reply-To")[0],
        to=_addresses(message, "To")[0],
        cc=_addresses(message, "Cc")[0],
        subject=" ".join(message.values("Subject")[:1]),
        message_id=ids[0].strip() or None if ids else None,
        in_reply_to=next(iter(message.values("In-Reply-To")), None),
        references=tuple(" ".join(message.values("References")).split()[:100]),
        date=date,
        problems=tuple(walk.problems),
    )


def _repeats_boundary(part: Part, outer: frozenset[str]) -> bool:
    """Tell whether a multipart ends at the lines of one around it (RFC 2046 §5.1.2)."""
    own = part.parameter("boundary") if part.type.startswith("multipart/") else None
    if own is not None and own in outer:
        return True
    around = outer | {own} if own is not None else outer
    return any(_repeats_boundary(child, around) for child in part.children)


def _addresses(message: Message, name: str) -> tuple[tuple[Address, ...], tuple[Problem, ...]]:
    raws = (h.raw.encode("latin-1") for h in message.headers if h.name.lower() == name.lower())
    return addresses.read(tuple(raws))
