"""What our own mail server found when it took the mail in (RFC 8601 §1), and nobody else."""

import re

from mailbridge.provenance.question import Question

_AROUND_EQUALS = re.compile(r"\s*=\s*")
_PLAIN = re.compile(r"[\w.@+-]*", re.ASCII)
# Outside comments a quoted string is one piece; inside, its marks mean nothing (RFC 5322 §3.2.2).
_OUTSIDE = re.compile(r'"(?:[^"\\]|\\.)*"|\(|[^"(]+|.', re.DOTALL)
_INSIDE = re.compile(r"\\.|[()]|[^\\()]+|.", re.DOTALL)


def passes(question: Question, domain: str) -> bool:
    """Tell whether our own server found a valid DKIM signature of exactly that domain.

    Believed is the one field that bears a configured name (RFC 8601 §2.5) and stands above the
    topmost Received field: below it anybody may have written it before the mail came to us
    (RFC 8601 §5). Two that bear our name are a forgery that our server should have removed.
    """
    names = {each.lower() for each in question.authserv_ids}
    own = [each for each in map(_sections, _above_received(question)) if _is_of(each[0], names)]
    return len(own) == 1 and any(_is_pass(each, domain) for each in own[0][1:])


def _above_received(question: Question) -> list[str]:
    """List the results above the topmost Received; without one, no server of ours wrote them."""
    headers = question.message.headers if question.message else ()
    keys = [header.name.lower() for header in headers]
    top = keys.index("received") if "received" in keys else 0
    return [headers[at].raw for at in range(top) if keys[at] == "authentication-results"]


def _is_of(section: str, names: set[str]) -> bool:
    """Compare the authserv-id; a version may follow, and must be 1 (RFC 8601 §2.2)."""
    name, *version = section.split() or [""]
    return name.lower() in names and version in ([], ["1"])


def _is_pass(section: str, domain: str) -> bool:
    words = _AROUND_EQUALS.sub("=", section).lower().split()
    if not words or words[0] not in {"dkim=pass", "dkim/1=pass"}:
        return False
    return [word for word in words if word.startswith("header.d=")] == [f"header.d={domain}"]


def _sections(raw: str) -> list[str]:
    """Split at semicolons, without comments; a quoted string that could mislead becomes "?".

    What the sender wrote is quoted in these fields: `header.i="; dkim=pass header.d=…"`.
    """
    kept, at, depth = [], 0, 0
    while at < len(raw) and (match := (_INSIDE if depth else _OUTSIDE).match(raw, at)):
        text, at = match[0], match.end()
        if text == "(":
            depth += 1
            kept.append(" ")
        elif text == ")" and depth:
            depth -= 1
        elif not depth:
            kept.append(_unquoted(text))
    return "".join(kept).split(";")


def _unquoted(text: str) -> str:
    if not text.startswith('"'):
        return text
    inner = text[1:-1]
    return inner if _PLAIN.fullmatch(inner) else "?"
