"""The header of one entity: where it begins and ends, and its fields. Line by line, linear.

RFC 5322 §2.2 with what is met: an mbox line or blank lines before it, lines without a colon,
no empty line after it, line ends of three kinds.
"""

import mmap
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from mailbridge.mime import words
from mailbridge.model.errors import Reason, RefusedError
from mailbridge.model.limits import Limits
from mailbridge.model.message import Header
from mailbridge.model.problem import Problem

Octets = bytes | mmap.mmap
_FIELD = re.compile(rb"([!-9;-~]{1,200})[ \t]*:[ \t]*(.*)$", re.DOTALL)
# A line that stands for a field even among lines that are none; text has colons, too.
_KNOWN = re.compile(
    rb"(?:from|to|cc|bcc|subject|date|sender|received|reply-to|message-id|mime-version|in-reply-to"
    rb"|references|return-path|content-[a-z-]{1,40}|x-[!-9;-~]{1,60}|[a-z]{2,20}(?:-[a-z]{2,20}){1,4})"
    rb"[ \t]{0,4}:",
    re.IGNORECASE,
)
_WRAPPED = 2
_MBOX = re.compile(rb">?From [^\n]{0,500}\n")
_BLANK = re.compile(rb"(?:\xef\xbb\xbf)?(?:[ \t\r]{0,500}\n){0,200}")


@dataclass(slots=True)
class Walk:
    """One walk over the octets: limits and what was odd."""

    octets: Octets
    limits: Limits
    parts: int = 0
    problems: dict[Problem, None] = field(default_factory=dict)

    def note(self, problem: Problem) -> None:
        """Note once that something was odd."""
        self.problems.setdefault(problem)


@dataclass(frozen=True, slots=True)
class _Line:
    """One line without its end, and where the next one begins."""

    octets: bytes
    start: int
    end: int


def beginning(walk: Walk) -> int:
    """Find where the header of a mail begins, and note what stands before it."""
    at, problems = before(bytes(walk.octets[: 64 * 1024]))
    for problem in problems:
        walk.note(problem)
    return at


def before(head: bytes) -> tuple[int, tuple[Problem, ...]]:
    """Measure what mail stores and programs put before a header, and name it."""
    at, problems = 0, []
    if (blank := _BLANK.match(head)) is not None and blank.end():
        at = blank.end()
        problems.append(Problem.LEADING_LINES)
    if (mbox := _MBOX.match(head, at)) is not None:
        at = mbox.end()
        problems.append(Problem.MBOX_LINE)
    return at, tuple(problems)


def read(walk: Walk, start: int, end: int) -> tuple[tuple[Header, ...], int]:
    """Read the field lines of one entity; gives them and where its body starts."""
    limit = min(end, start + walk.limits.header_size)
    block = bytes(walk.octets[start:limit])
    lines: list[_Line] = []
    body = None
    for line in _lines(block):
        if not line.octets.rstrip(b"\r"):
            body = line.end
            break
        lines.append(line)
    if body is None and limit < end:
        raise RefusedError(Reason.TOO_LARGE, f"a header of more than {walk.limits.header_size}")
    count = _without_text(walk, lines, is_closed=body is not None)
    if count < len(lines):
        body = lines[count].start
    found = tuple(_fields(walk, lines[:count]))
    return found, start + (len(block) if body is None else body)


def _lines(block: bytes) -> Iterator[_Line]:
    at = 0
    while at < len(block):
        found = block.find(b"\n", at)
        end = len(block) if found == -1 else found + 1
        yield _Line(block[at:end].rstrip(b"\r\n"), at, end)
        at = end


def _without_text(walk: Walk, lines: list[_Line], *, is_closed: bool) -> int:
    """Count the lines that belong to the header where its empty line is missing."""
    last_known = max((at for at, line in enumerate(lines) if _KNOWN.match(line.octets)), default=-1)
    for at, line in enumerate(lines):
        folded = at > 0 and line.octets[:1] in {b" ", b"\t"}
        if folded or _FIELD.match(line.octets):
            continue
        # One or two lines before the empty line are a field that was wrapped without a space.
        if at > last_known and (at == 0 or not is_closed or len(lines) - at > _WRAPPED):
            walk.note(Problem.NO_EMPTY_LINE)
            return at
    return len(lines)


def _fields(walk: Walk, lines: list[_Line]) -> Iterator[Header]:
    count = 0
    for raw in _unfolded(walk, lines):
        match = _FIELD.match(raw)
        if match is None:
            walk.note(Problem.BROKEN_HEADER_LINE)
            continue
        count += 1
        if count > walk.limits.header_lines:
            raise RefusedError(Reason.TOO_MANY, "too many header fields")
        for problem in words.problems(match[2]):
            walk.note(problem)
        if b"\r" in match[2]:
            walk.note(Problem.BARE_CR)
        yield Header(match[1].decode("ascii"), words.decoded(match[2]), match[2].decode("latin-1"))


def _unfolded(walk: Walk, lines: list[_Line]) -> Iterator[bytes]:
    """Join folded lines (RFC 5322 §2.2.3); a line without a colon continues the one before."""
    held: list[bytes] = []
    for line in lines:
        octets = line.octets
        if held and octets[:1] in {b" ", b"\t"}:
            held.append(octets)
        elif held and not _FIELD.match(octets):
            walk.note(Problem.BROKEN_HEADER_LINE)
            held.append(b" " + octets)
        else:
            if held:
                yield b"".join(held)
            held = [octets]
    if held:
        yield b"".join(held)
