"""Untagged answers of a server -> values; pure, and calm about whatever a server says."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta, timezone

from mailbridge.model.slot import Arrival, Slot

# A literal at the end of a line: its octets follow (RFC 3501 §4.3).
LITERAL = re.compile(rb"\{(\d{1,20})\}\Z")
_FETCH = re.compile(rb"\* \d+ FETCH \(", re.IGNORECASE)
_TOKEN = re.compile(
    rb'\s*(?:(?P<quoted>"(?:[^"\\]|\\.)*")|(?P<literal>\{\d+\}\Z)|(?P<mark>[()])'
    rb'|(?P<atom>BODY\[(?:[^\]"]|"[^"]*")*\](?:<\d+>)?|[^\s()"{]+))',
    re.IGNORECASE | re.DOTALL,
)
_DATE = re.compile(rb"[ 0]?(\d{1,2})-([A-Za-z]{3})-(\d{4}) (\d\d):(\d\d):(\d\d) ([+-])(\d\d)(\d\d)")
_MONTHS = b"jan feb mar apr may jun jul aug sep oct nov dec".split()
# For a server that tells no time: long past, so that nothing looks newer than it is.
_UNKNOWN = datetime(1970, 1, 1, tzinfo=UTC)
_PRIORITIES = ("priority", "x-priority", "importance")


@dataclass(slots=True)
class Untagged:
    """One untagged answer: the text around its literals, and the literals."""

    texts: list[bytes]
    literals: list[bytes] = field(default_factory=list)


def fetched(answers: Iterable[Untagged]) -> dict[int, dict[str, bytes]]:
    """Order FETCH answers by UID, with names in capitals; what is no such answer is left out.

    A server may tell of flags of any mail in between (RFC 3501 §7.4.2): those stand beside.
    """
    found: dict[int, dict[str, bytes]] = {}
    for answer in answers:
        if not _FETCH.match(answer.texts[0]):
            continue
        items = _pairs(answer)
        uid = items.get("UID", b"")
        if uid.isdigit() and len(uid) <= len("4294967295"):
            found.setdefault(int(uid), {}).update(items)
    return found


def _pairs(answer: Untagged) -> dict[str, bytes]:
    """Read `name value` pairs; a value in parentheses becomes its words with a space between.

    An answer with anything left over is none: a literal was not as long as it was said to be.
    """
    items: dict[str, bytes] = {}
    tokens = _tokens(answer)
    next(tokens, None)
    for opening, name in tokens:
        if opening == "mark":
            return {} if next(tokens, None) else items
        kind, value = next(tokens, ("", b""))
        if (kind, value) == ("mark", b"("):
            value = b" ".join(_inside(tokens))
        elif kind == "atom" and value.upper() == b"NIL":
            value = b""
        items[name.decode("ascii", "replace").upper()] = value
    return {}


def _inside(tokens: Iterator[tuple[str, bytes]]) -> Iterator[bytes]:
    depth = 1
    for kind, value in tokens:
        if kind == "mark":
            depth += 1 if value == b"(" else -1
            if not depth:
                return
        else:
            yield value


def _tokens(answer: Untagged) -> Iterator[tuple[str, bytes]]:
    """Cut an answer into words. What a mail holds stays one word, whatever it looks like."""
    literals = iter(answer.literals)
    start = answer.texts[0].find(b"(")
    for text in answer.texts:
        while (found := _TOKEN.match(text, start)) is not None:
            start = found.end()
            kind = str(found.lastgroup)
            value = found[kind]
            if kind == "quoted":
                value = re.sub(rb"\\(.)", rb"\1", value[1:-1], flags=re.DOTALL)
            yield kind, next(literals, b"") if kind == "literal" else value
        if text[start:].strip():
            yield "junk", text[start:]
        start = 0


def numbers(answers: Iterable[Untagged]) -> list[int]:
    """Collect the UIDs of SEARCH answers, ascending; none, one or several lines may come."""
    found: set[int] = set()
    for answer in answers:
        words = answer.texts[0].split()
        if [word.upper() for word in words[:2]] == [b"*", b"SEARCH"]:
            found.update(int(word) for word in words[2:] if word.isdigit())
    return sorted(found)


def arrival(slot: Slot, items: dict[str, bytes]) -> Arrival:
    """Say of a mail what the server told before its body is fetched."""
    size = items.get("RFC822.SIZE", b"")
    header = next((text for name, text in items.items() if name.startswith("BODY[HEADER")), b"")
    fields = dict(_fields(header))
    return Arrival(
        slot,
        size=int(size) if size.isdigit() and len(size) <= len(str(2**63)) else 0,
        internal_date=_moment(items.get("INTERNALDATE", b"")),
        subject=fields.get("subject", ""),
        priority=", ".join(fields[name] for name in _PRIORITIES if name in fields),
    )


def _fields(header: bytes) -> Iterator[tuple[str, str]]:
    unfolded = re.sub(r"\r?\n(?=[ \t])", "", header.decode("utf-8", "replace"))
    # The first of several wins: it is the last in the dictionary.
    for line in reversed(unfolded.splitlines()):
        name, colon, value = line.partition(":")
        if colon:
            yield name.strip().lower(), value.strip()


def _moment(date: bytes) -> datetime:
    """Read an INTERNALDATE (RFC 3501 §9, date-time); a nonsensical one is 1970."""
    found = _DATE.fullmatch(date)
    if found is None or found[2].lower() not in _MONTHS:
        return _UNKNOWN
    day, year, hour, minute, second = (int(found[at]) for at in (1, 3, 4, 5, 6))
    east = timedelta(hours=int(found[8]), minutes=int(found[9])) * (1 if found[7] == b"+" else -1)
    month = _MONTHS.index(found[2].lower()) + 1
    try:
        local = datetime(year, month, day, hour, minute, second, tzinfo=timezone(east))
        return local.astimezone(UTC)
    except (ValueError, OverflowError):
        return _UNKNOWN


def uid_set(uids: Iterable[int]) -> str:
    """Write UIDs as a sequence set with ranges (RFC 3501 §9, sequence-set)."""
    runs: list[list[int]] = []
    for uid in sorted(set(uids)):
        if runs and uid == runs[-1][1] + 1:
            runs[-1][1] = uid
        else:
            runs.append([uid, uid])
    return ",".join(str(low) if low == high else f"{low}:{high}" for low, high in runs)
