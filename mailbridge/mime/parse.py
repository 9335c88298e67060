"""Octets into a `Message`, in linear time and without copying bodies. Nothing in it is believed."""

import mmap
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from email.utils import getaddresses, parsedate_to_datetime

from mailbridge.mime import words
from mailbridge.model.errors import Reason, RefusedError
from mailbridge.model.limits import Limits
from mailbridge.model.message import Address, Header, Message, Part

Octets = bytes | mmap.mmap
_FIELD = re.compile(rb"^([!-9;-~]{1,200})[ \t]*:[ \t]*(.*)$", re.DOTALL)
_ADDRESSES = 200
# RFC 2046 §5.1.1 allows 70; more is met, but not without end.
_BOUNDARY = 200
_UNFOLD = re.compile(rb"\r?\n(?=[ \t])")
_CHILD_TYPES = {"message/rfc822", "message/global"}


@dataclass(slots=True)
class _Walk:
    """One walk over the octets: limits and what was odd."""

    octets: Octets
    limits: Limits
    parts: int = 0
    problems: dict[str, None] = field(default_factory=dict)

    def note(self, problem: str) -> None:
        self.problems.setdefault(problem)


def parse(octets: Octets, limits: Limits) -> Message:
    """Split a mail into headers and parts; raises RefusedError where that is not possible."""
    walk = _Walk(octets, limits)
    headers, body = _headers(walk, 0, len(octets))
    if not headers:
        raise RefusedError(Reason.MALFORMED, "no header field at the beginning")
    root = _part(walk, headers, (0, body, len(octets)), "1", 1)
    message = Message(headers=headers, root=root)
    return _with_fields(message, walk)


def last_received(message: Message) -> datetime | None:
    """Tell when the topmost Received field says that this copy was taken in (RFC 5321 §4.4)."""
    for value in message.values("Received")[:1]:
        return _date(value.rpartition(";")[2])
    return None


def entity_headers(octets: Octets, part: Part, limits: Limits) -> tuple[tuple[Header, ...], int]:
    """Read the header fields of one part."""
    return _headers(_Walk(octets, limits), part.start, part.end)


def _headers(walk: _Walk, start: int, end: int) -> tuple[tuple[Header, ...], int]:
    """Read the field lines of one entity; gives them and where its body starts."""
    limit = min(end, start + walk.limits.header_size)
    block = bytes(walk.octets[start:limit])
    if block[:2] == b"\r\n" or block[:1] == b"\n":
        return (), start + (2 if block[:1] == b"\r" else 1)
    gap = re.search(rb"\r?\n\r?\n", block)
    if gap is None and limit < end:
        raise RefusedError(Reason.TOO_LARGE, f"a header of more than {walk.limits.header_size}")
    body = start + gap.end() if gap else end
    lines = _UNFOLD.sub(b"", block[: gap.start()] if gap else block)
    found: list[Header] = []
    for line in lines.split(b"\n"):
        match = _FIELD.match(line.rstrip(b"\r"))
        if match is None:
            if line.strip():
                walk.note("broken-header-line")
            continue
        if len(found) >= walk.limits.header_lines:
            raise RefusedError(Reason.TOO_MANY, "too many header fields")
        found.append(_field(walk, match[1], match[2]))
    return tuple(found), body


def _field(walk: _Walk, name: bytes, raw: bytes) -> Header:
    if b"\0" in raw:
        walk.note("nul")
    if not raw.isascii():
        walk.note("8bit-header")
    return Header(name.decode("ascii"), words.decoded(raw), raw.decode("latin-1"))


def _one(headers: tuple[Header, ...], name: str) -> str:
    return next((h.raw for h in headers if h.name.lower() == name), "")


def _part(
    walk: _Walk, headers: tuple[Header, ...], span: tuple[int, int, int], path: str, depth: int
) -> Part:
    walk.parts += 1
    if walk.parts > walk.limits.parts:
        raise RefusedError(Reason.TOO_MANY, f"more than {walk.limits.parts} parts")
    if depth > walk.limits.depth:
        raise RefusedError(Reason.TOO_DEEP, f"parts nested deeper than {walk.limits.depth}")
    if sum(h.name.lower() == "content-type" for h in headers) > 1:
        walk.note("duplicate-content-type")
    value = words.as_text(_one(headers, "content-type").encode("latin-1"))
    kind = value.partition(";")[0].strip().lower() or "text/plain"
    given = words.parameters(value)
    shown = words.as_text(_one(headers, "content-disposition").encode("latin-1"))
    name = dict(words.parameters(shown)).get("filename") or dict(given).get("name")
    part = Part(
        path=path,
        type=kind,
        start=span[0],
        body=span[1],
        end=span[2],
        encoding=_one(headers, "content-transfer-encoding").strip().lower() or "7bit",
        charset=dict(given).get("charset"),
        name=name,
        disposition=shown.partition(";")[0].strip().lower() or None,
        content_id=_one(headers, "content-id").strip(" <>\t") or None,
        parameters=given,
    )
    return replace(part, children=tuple(_children(walk, part, depth)))


def _children(walk: _Walk, part: Part, depth: int) -> Iterator[Part]:
    if part.type.startswith("multipart/"):
        spans = _split(walk, part)
    elif part.type in _CHILD_TYPES and part.encoding in {"7bit", "8bit", "binary"}:
        walk.note("nested-message")
        spans = [(part.body, part.end)]
    else:
        return
    for number, (start, end) in enumerate(spans, 1):
        headers, body = _headers(walk, start, end)
        path = f"{part.path}.{number}" if depth > 1 else str(number)
        if part.type in _CHILD_TYPES:
            path = f"{part.path}.{number}"
        yield _part(walk, headers, (start, body, end), path, depth + 1)


def _split(walk: _Walk, part: Part) -> list[tuple[int, int]]:
    """Find the entities between the boundary lines (RFC 2046 §5.1.1)."""
    boundary = part.parameter("boundary")
    if not boundary or len(boundary) > _BOUNDARY:
        walk.note("missing-boundary")
        return []
    delimiter = b"--" + boundary.rstrip().encode("latin-1", "replace")
    spans: list[tuple[int, int]] = []
    start: int | None = None
    for at, after, is_last in _lines(walk.octets, delimiter, part.body, part.end):
        if start is not None:
            spans.append((start, max(start, at)))
        if len(spans) > walk.limits.parts:
            raise RefusedError(Reason.TOO_MANY, f"more than {walk.limits.parts} parts")
        start = None if is_last else after
        if is_last:
            return spans
    walk.note("unterminated-multipart")
    if start is not None and start < part.end:
        spans.append((start, part.end))
    return spans


def _lines(
    octets: Octets, delimiter: bytes, start: int, end: int
) -> Iterator[tuple[int, int, bool]]:
    """Tell of each boundary line: where its part ends, where the next starts, if it is the last."""
    at = octets.find(delimiter, start, end)
    while at != -1:
        begins = at == start or octets[at - 1 : at] == b"\n"
        rest_end = octets.find(b"\n", at, end)
        rest_end = end if rest_end == -1 else rest_end + 1
        rest = bytes(octets[at + len(delimiter) : min(rest_end, at + len(delimiter) + 80)])
        is_last = rest[:2] == b"--" and not rest[2:].strip()
        # RFC 2046 §5.1.1: only white space may follow; anything else is another boundary's line.
        if begins and (is_last or not rest.strip()):
            before = at
            if octets[at - 1 : at] == b"\n":
                before -= 2 if octets[at - 2 : at] == b"\r\n" else 1
            yield before, rest_end, is_last
        at = octets.find(delimiter, max(rest_end, at + 1), end)


def _with_fields(message: Message, walk: _Walk) -> Message:
    senders = message.values("From")
    if len(senders) > 1:
        walk.note("two-from")
    ids = message.values("Message-ID")
    if len(ids) > 1:
        walk.note("two-message-id")
    from_ = _addresses(message, "From")
    for problem, is_so in (("no-from", not from_), ("no-message-id", not ids)):
        if is_so:
            walk.note(problem)
    dates = message.values("Date")
    date = _date(dates[0]) if dates else None
    if dates and date is None:
        walk.note("bad-date")
    return replace(
        message,
        from_=from_,
        sender=_addresses(message, "Sender"),
        reply_to=_addresses(message, "Reply-To"),
        to=_addresses(message, "To"),
        cc=_addresses(message, "Cc"),
        subject=" ".join(message.values("Subject")[:1]),
        message_id=ids[0].strip() or None if ids else None,
        in_reply_to=next(iter(message.values("In-Reply-To")), None),
        references=tuple(" ".join(message.values("References")).split()[:100]),
        date=date,
        problems=tuple(walk.problems),
    )


def _addresses(message: Message, name: str) -> tuple[Address, ...]:
    raws = [h.raw for h in message.headers if h.name.lower() == name.lower()]
    try:
        # Addresses are split before words are decoded: a decoded comma must not part them.
        # No NFC, and lower case of ASCII alone: both turn the Kelvin sign into the letter k, and
        # so one domain into another.
        pairs = getaddresses([raw.encode("latin-1").decode("utf-8", "replace") for raw in raws])
    except (ValueError, IndexError, AttributeError, RecursionError):
        return ()
    # An address that stands for its own name ("a@b <a@b>") comes as two: it is one.
    found: dict[str, Address] = {}
    for shown, spec in pairs[:_ADDRESSES]:
        plain = spec.strip().encode("utf-8", "replace").lower().decode("utf-8")
        if plain:
            readable = words.decoded(shown.encode("utf-8", "replace"))
            found.setdefault(plain, Address(plain, readable))
    return tuple(found.values())


def _date(value: str) -> datetime | None:
    try:
        moment = parsedate_to_datetime(value.strip())
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
