"""Entities between boundary lines (RFC 2046 §5.1.1), found in one pass over the body."""

from collections.abc import Iterator

from mailbridge.mime.headers import Octets, Walk
from mailbridge.model.errors import Reason, RefusedError
from mailbridge.model.message import Part
from mailbridge.model.problem import Problem

# RFC 2046 §5.1.1 allows 70; more is met, but not without end.
_LENGTH = 200
# What is looked at behind a boundary to tell that nothing stands there.
_REST = 80
# A boundary that nobody named: sought in the first kilobytes, and longer than a line of dashes.
_GUESSED = 4096
_LEAST = 4


def split(walk: Walk, part: Part) -> list[tuple[int, int]] | None:
    """Give start and end of each entity, without the line end of its boundary; None without any.

    An empty list is a multipart that ends at once.
    """
    delimiter = _delimiter(walk, part)
    if not delimiter:
        return None
    spans: list[tuple[int, int]] = []
    start: int | None = None
    for at, after, is_last in lines(walk.octets, delimiter, part.body, part.end):
        if start is not None:
            spans.append((start, max(start, at)))
        if len(spans) > walk.limits.parts:
            raise RefusedError(Reason.TOO_MANY, f"more than {walk.limits.parts} parts")
        start = None if is_last else after
        if is_last:
            _note_rest(walk, delimiter, after, part.end)
            return spans
    if start is None:
        walk.note(Problem.NO_BOUNDARY_LINE)
        return None
    walk.note(Problem.UNTERMINATED_MULTIPART)
    return [*spans, (start, part.end)] if start < part.end else spans


def _delimiter(walk: Walk, part: Part) -> bytes:
    stated = part.parameter("boundary")
    if stated and len(stated) <= _LENGTH:
        # Trailing white space is not part of it (RFC 2046 §5.1.1).
        bare = stated.rstrip().encode("utf-8", "surrogateescape")
        return b"--" + bare if bare else b""
    walk.note(Problem.MISSING_BOUNDARY)
    return _guessed(walk.octets, part)


def _guessed(octets: Octets, part: Part) -> bytes:
    """Take the first line that looks like a boundary and ends the body, too, as many readers do."""
    head = bytes(octets[part.body : min(part.end, part.body + _GUESSED)])
    for line in head.splitlines():
        bare = line.rstrip()
        if bare.startswith(b"--") and _LEAST < len(bare) <= _LENGTH and not bare.endswith(b"--"):
            ended = octets.find(b"\n" + bare + b"--", part.body, part.end) != -1
            return bare if ended else b""
    return b""


def lines(
    octets: Octets, delimiter: bytes, start: int, end: int
) -> Iterator[tuple[int, int, bool]]:
    """Tell of each boundary line: where its part ends, where the next starts, if it is the last."""
    at = octets.find(delimiter, start, end)
    while at != -1:
        begins = at == start or octets[at - 1 : at] == b"\n"
        rest_end = octets.find(b"\n", at, end)
        rest_end = end if rest_end == -1 else rest_end + 1
        behind = at + len(delimiter)
        rest = bytes(octets[behind : min(rest_end, behind + _REST)])
        is_last = rest[:2] == b"--" and not rest[2:].strip()
        # RFC 2046 §5.1.1: only white space may follow; anything else is another boundary's line.
        if begins and (is_last or not rest.strip()):
            before = at
            if at > start:
                before -= 2 if at - 2 >= start and octets[at - 2 : at] == b"\r\n" else 1
            yield before, rest_end, is_last
        at = octets.find(delimiter, max(rest_end, at + 1), end)


def _note_rest(walk: Walk, delimiter: bytes, start: int, end: int) -> None:
    """Note what stands behind the end: some readers show it, others do not."""
    if next(lines(walk.octets, delimiter, start, end), None) is not None:
        walk.note(Problem.PARTS_AFTER_END)
    elif bytes(walk.octets[start : min(end, start + _GUESSED)]).strip():
        walk.note(Problem.TEXT_AFTER_END)
