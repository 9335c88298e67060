"""Address fields into mailboxes, in one pass: groups, comments, quotes, and what programs write.

Where programs read a field differently, every address that one of them would show is given: who
is more than one sender is never taken for one (RFC 5322 §3.4, §3.6.2).
"""

import re
from dataclasses import dataclass, field

from mailbridge.mime import words
from mailbridge.model.message import Address
from mailbridge.model.problem import Problem

# A list of a hundred thousand addresses, each looked up in the directory.
_COUNT = 200
_SIZE = 64 * 1024
# Stands around what was quoted while a mailbox is in hand; it is taken out of the field before.
_QUOTE = "\x01"
_SPECIAL = re.compile(r'["(<,;:]|=\?[^?\s]{1,60}\?[bBqQ]\?')
_QUOTED = re.compile(r'"((?:[^"\\]|\\.)*)"', re.DOTALL)
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_PARENTHESIS = re.compile(r"\\.|[()]", re.DOTALL)
_ANGLE = re.compile(r'<((?:"(?:[^"\\]|\\.){0,400}"|[^">]){0,1000})>', re.DOTALL)
_DOMAIN = re.compile(r"@[^\s,;<>()\":]+")
_ANGLE_END = re.compile(r"[,;>]")
_SPACED = re.compile(r"[ \t]?([@.])[ \t]?")
_DOT_ATOM = re.compile(r'"([\w!#$%&*+/=?^`{|}~.\'-]+)"(@[^"]*)', re.ASCII)
_HIDDEN = re.compile(r"[\x00-\x20\x7f-\xa0]")


@dataclass(slots=True)
class _Scan:
    """One field while it is read; `name` and `angles` are those of the mailbox in hand."""

    text: str
    at: int = 0
    name: list[str] = field(default_factory=list)
    comments: list[str] = field(default_factory=list)
    angles: list[str] = field(default_factory=list)
    found: list[Address] = field(default_factory=list)
    problems: dict[Problem, None] = field(default_factory=dict)
    groups: int = 0
    # Within the brackets of a domain literal, whose colons begin no group.
    literal: bool = False
    # What was sought to the end in vain is not sought again: the pass stays linear.
    closed: dict[str, bool] = field(default_factory=dict)


def read(raws: tuple[bytes, ...]) -> tuple[tuple[Address, ...], tuple[Problem, ...]]:
    """Read the unfolded bodies of all fields of one name; addresses in lower-case ASCII."""
    found: dict[str, Address] = {}
    problems: dict[Problem, None] = {}
    for raw in raws:
        scan = _Scan(raw[:_SIZE].replace(b"\x01", b"\x02").decode("latin-1"))
        _run(scan)
        problems |= scan.problems
        if scan.groups:
            problems.setdefault(Problem.GROUP_FROM)
        for address in scan.found:
            # An address that stands for its own name ("a@b <a@b>") comes as two: it is one.
            found.setdefault(address.spec, address)
    return tuple(found.values())[:_COUNT], tuple(problems)


def _run(scan: _Scan) -> None:
    text = scan.text
    while (special := _SPECIAL.search(text, scan.at)) is not None and len(scan.found) < _COUNT:
        piece = text[scan.at : special.start()]
        if "[" in piece or "]" in piece:
            scan.literal = piece.rfind("[") > piece.rfind("]")
        scan.name.append(piece)
        scan.at = special.end()
        mark = special[0]
        if mark == '"':
            _quoted(scan)
        elif mark == "(":
            _comment(scan)
        elif mark == "<":
            _angle(scan)
        elif mark == ":":
            _colon(scan)
        elif mark in ",;":
            _flush(scan)
        else:
            _word(scan, mark)
    scan.name.append(text[scan.at :] if len(scan.found) < _COUNT else "")
    _flush(scan)


def _quoted(scan: _Scan) -> None:
    found = _QUOTED.match(scan.text, scan.at - 1) if scan.closed.get('"', True) else None
    if found is None:
        scan.closed['"'] = False
        scan.problems.setdefault(Problem.BAD_ADDRESS)
        return
    scan.at = found.end()
    # A quoted local part is no name (RFC 5321 §4.1.2).
    if (domain := _DOMAIN.match(scan.text, scan.at)) is not None:
        scan.angles.append(found[0] + domain[0])
        scan.at = domain.end()
        return
    plain = _ESCAPED.sub(r"\1", found[1])
    scan.name.append(f"{_QUOTE}{plain}{_QUOTE}")


def _comment(scan: _Scan) -> None:
    """Take a comment with those within it (RFC 5322 §3.2.2)."""
    depth, start = 1, scan.at
    for mark in _PARENTHESIS.finditer(scan.text, start) if scan.closed.get("(", True) else ():
        depth += {"(": 1, ")": -1}.get(mark[0], 0)
        if not depth:
            scan.comments.append(_ESCAPED.sub(r"\1", scan.text[start : mark.start()]))
            scan.at = mark.end()
            scan.name.append(" ")
            return
    scan.closed["("] = False
    scan.problems.setdefault(Problem.BAD_ADDRESS)


def _angle(scan: _Scan) -> None:
    found = _ANGLE.match(scan.text, scan.at - 1)
    if found is not None:
        scan.angles.append(found[1])
        scan.at = found.end()
        return
    scan.problems.setdefault(Problem.BAD_ADDRESS)
    end = _ANGLE_END.search(scan.text, scan.at)
    stop = end.start() if end else len(scan.text)
    scan.angles.append(scan.text[scan.at : stop])
    scan.at = stop


def _colon(scan: _Scan) -> None:
    """Begin a group (RFC 5322 §3.4): its name is shown, and is nobody's address."""
    if scan.angles or scan.literal:
        scan.name.append(":")
        return
    scan.groups += 1
    if "@" in "".join(scan.name):
        _flush(scan)
    scan.name.clear()
    scan.comments.clear()


def _word(scan: _Scan, opening: str) -> None:
    """Keep an encoded word in one piece, whatever stands in it (RFC 2047 §5)."""
    end = scan.text.find("?=", scan.at) if scan.closed.get("=", True) else -1
    if end == -1:
        scan.closed["="] = False
        scan.name.append(opening)
        return
    scan.name.append(opening + scan.text[scan.at : end + 2])
    scan.at = end + 2


def _flush(scan: _Scan) -> None:
    """Finish the mailbox in hand."""
    phrase = "".join(scan.name)
    specs, name = [each for each in scan.angles if each.strip()], phrase
    if not specs:
        specs, name = _bare(scan, phrase)
    elif len(specs) > 1:
        scan.problems.setdefault(Problem.BAD_ADDRESS)
    shown = _readable(name.replace(_QUOTE, " ")).strip(" <>") or _readable(" ".join(scan.comments))
    for raw in specs:
        spec = _spec(scan, raw)
        if spec:
            scan.found.append(Address(spec, shown))
    scan.name.clear()
    scan.comments.clear()
    scan.angles.clear()


def _bare(scan: _Scan, phrase: str) -> tuple[list[str], str]:
    """Find the addresses in a mailbox without angle brackets."""
    outside = "".join(phrase.split(_QUOTE)[::2])
    tokens = _SPACED.sub(r"\1", outside).split()
    specs = [token for token in tokens if "@" in token]
    if specs:
        names = [token for token in tokens if "@" not in token]
        if names or len(specs) > 1:
            scan.problems.setdefault(Problem.BAD_ADDRESS)
        return specs, " ".join([*phrase.split(_QUOTE)[1::2], *names])
    if words.has_word(outside):
        scan.problems.setdefault(Problem.ENCODED_ADDRESS)
    elif phrase.strip():
        scan.problems.setdefault(Problem.BAD_ADDRESS)
    # "MAILER-DAEMON" alone is how bounces are signed.
    return (tokens if len(tokens) == 1 and not words.has_word(outside) else []), ""


def _spec(scan: _Scan, raw: str) -> str:
    """Make an address comparable. No NFC, and lower case of ASCII alone.

    Both turn the Kelvin sign into the letter k, and so one domain into another.
    """
    text = raw.encode("latin-1").decode("utf-8", "replace")
    text = _without_comments(text).strip(" \t<>")
    # RFC 5322 §4.4: an old route before the address.
    if text.startswith("@") and ":" in text:
        text = text.rpartition(":")[2]
    text = _SPACED.sub(r"\1", text)
    if (plain := _DOT_ATOM.fullmatch(text)) is not None:
        text = plain[1] + plain[2]
    if "=?" in text:
        scan.problems.setdefault(Problem.ENCODED_ADDRESS)
    quoted = text.startswith('"')
    if text.count("@") > 1 or (_HIDDEN.search(text) and not quoted) or "@" not in text:
        scan.problems.setdefault(Problem.BAD_ADDRESS)
    # What hides or parts letters must not make one address out of another.
    text = text.replace("\0", "\ufffd") if quoted else _HIDDEN.sub("\ufffd", text)
    return text.encode().lower().decode()


def _without_comments(raw: str) -> str:
    if "(" not in raw:
        return raw
    depth, kept, at = 0, [], 0
    for mark in _PARENTHESIS.finditer(raw):
        if depth == 0 and mark[0] == "(":
            kept.append(raw[at : mark.start()])
        depth = max(0, depth + {"(": 1, ")": -1}.get(mark[0], 0))
        at = mark.end() if depth == 0 else at
    return "".join(kept) + (raw[at:] if depth == 0 else "")


def _readable(text: str) -> str:
    return " ".join(words.decoded(text.encode("latin-1", "replace")).split())
