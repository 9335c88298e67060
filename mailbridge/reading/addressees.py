"""Kính gửi: whom a paper is addressed to, between its head and its text."""

import re

from mailbridge.reading.rows import Page, Piece, tidy

_TO = re.compile(r"^(?:dong )?kinh ?(?:gui|trinh) ?:? ?")
_MARK = re.compile(r"^[-–—+*•] ?")
_FAR = 2.3
# More lines are a list of everybody; more letters are no list.
_LINES, _LENGTH = 60, 1000


def addressees_of(page: Page) -> tuple[str, ...]:
    """List the addressees as printed, without marks and signs at their ends."""
    at = next((n for n, row in enumerate(page.rows) if _addresses(row)), None)
    if at is None:
        return ()
    lead = page.rows[at]
    rest = lead.text[len(lead.bare) - len(_TO.sub("", lead.bare)) :]
    lines, start = ([rest] if rest else []), _start(lead, rest)
    above = lead
    for row in page.rows[at + 1 : at + 1 + _LINES]:
        if not _goes_on(page, lead, above, row, start):
            break
        if not lines:
            start = row.left
        lines.append(row.text)
        above = row
    return listed(lines)


def _addresses(row: Piece) -> bool:
    """Tell the words of address from a sentence: "Kính gửi kèm theo dự thảo …"."""
    match = _TO.match(row.bare)
    if match is None:
        return False
    rest = row.text[match.end() :]
    return ":" in match[0] or not rest or not rest[0].islower()


def _start(lead: Piece, rest: str) -> float:
    """Find where the first addressee begins on the line of the words of address."""
    said = len(lead.text) - len(rest)
    for word in lead.words:
        said -= len(word.text) + 1
        if said < 0:
            return word.left
    return lead.right


def _goes_on(page: Page, lead: Piece, above: Piece, row: Piece, start: float) -> bool:
    if not page.placed:
        return _MARK.match(row.text) is not None
    if above.y - row.y > _FAR * max(above.size, row.size) or row.text.isupper():
        return False
    if _MARK.match(row.text) and row.left > lead.left:
        return True
    return row.left >= min(start, lead.right) - 10


def listed(lines: list[str]) -> tuple[str, ...]:
    """Join broken lines into items: a mark begins one, and so does what follows a semicolon."""
    items: list[str] = []
    marked = any(_MARK.match(line) for line in lines)
    for line in lines:
        text = _MARK.sub("", line)
        begins = bool(_MARK.match(line)) if marked else not items or items[-1].endswith((";", "."))
        if begins or not items:
            items.append(text)
        else:
            items[-1] = f"{items[-1]} {text}"
    plain = (tidy(item).rstrip(" ;,./") for item in items)
    return tuple(item[:_LENGTH] for item in plain if item)
