"""The lines that a person wrote himself in a reply, and which of them a program may have broken.

What is quoted, what stands behind it in a mail of Outlook, and signatures are not his. A plain text
does not tell a line that its writer ended from one that his mail program broke: only HTML and
`format=flowed` do.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from mailbridge.model.parcel import Flow, Text
from mailbridge.rules.flowed import joined, may_go_on
from mailbridge.rules.html_lines import READ, shown, shows_lines
from mailbridge.rules.wording import folded

LONGEST = 500
_HTML = "text/html"
# From here on a mail program repeats what is answered.
_QUOTES = re.compile(
    r"-{3,}.*|_{5,}|(on|vao|luc|le)\b.*(wrote|da viet|a ecrit)\s*:|"
    r"\*?(tu|from|nguoi gui|da gui|sent)\s*:.*",
)
# The beginning of such a line that goes on in the next one.
_BROKEN = re.compile(r"(on|vao|luc)\b.*\d")
_SIGNED = {"--", "—"}

# So many lines below hold the longest line that is read.
_BELOW = 12
# After these a sentence goes on, however short its line.
_OPEN = (",", ":", ";", "-", "–", "—", "/", "(", "…", "...")


@dataclass(frozen=True, slots=True)
class Words:
    """What a mail says in a plain text."""

    text: str
    # Its lines are those of the writer: no program broke one.
    whole: bool = False
    # But for those that end in a space still.
    flowed: bool = False
    # The same words as the HTML of the mail shows them, where it shows lines as they were written.
    beside: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the writer; `below` are those under it without a gap, where it may go on there."""

    said: str
    below: tuple[str, ...] = ()
    # A flowed line that is too short for one: whose end it is, nobody can tell.
    is_odd: bool = False

    @property
    def is_open(self) -> bool:
        """Tell whether it may go on in the line below."""
        if not self.below:
            return False
        return self.is_odd or self.said.endswith(_OPEN) or may_go_on(self.said, self.below[0])

    def longer(self) -> Iterator[str]:
        """Give it with the lines that a program may have broken off, shortest first."""
        above, said = self.said, self.said
        for line in self.below:
            if not may_go_on(above, line):
                return
            above, said = line, f"{said} {line}"
            yield said


def words_of(texts: Sequence[Text]) -> Words:
    """Take the words of a mail from its own texts: the first, and what shows how it was written."""
    if not texts:
        return Words("")
    first, *others = texts
    if first.type == _HTML:
        return Words(shown(first.text), shows_lines(first.text))
    if first.flow is not Flow.FIXED:
        text = joined(first.text[:READ], del_sp=first.flow is Flow.DELSP)
        return Words(text, whole=True, flowed=True)
    beside = others[0].text if others and others[0].type == _HTML else ""
    return Words(first.text, beside=shown(beside) if shows_lines(beside) else "")


def own_lines(words: Words) -> list[Line]:
    """List the lines that the writer wrote himself, without the empty ones."""
    own = list(_own(words.text[:READ].splitlines()))
    lines = [line.strip() for line in own]
    if words.whole:
        is_odd = [words.flowed and line.endswith(" ") for line in own]
        beneath = [(below,) if below else () for below in (*lines[1:], "")]
        found = zip(lines, beneath, is_odd, strict=False)
        return [Line(said, below if odd else (), odd) for said, below, odd in found if said]
    shown_beside = {_bare(line) for line in _own(words.beside[:READ].splitlines())} - {""}
    made: list[Line] = []
    for at, line in enumerate(lines):
        if line:
            below = lines[at + 1 : at + 1 + _BELOW]
            end = below.index("") if "" in below else len(below)
            made.append(_made_whole(Line(line, tuple(below[:end])), shown_beside))
    return made


def _made_whole(line: Line, beside: set[str]) -> Line:
    """Take a line as the HTML shows it, where that is one of the ways to read it."""
    if not (line.below and beside):
        return line
    found = [said for said in (line.said, *line.longer()) if _bare(said) in beside]
    return Line(found[0]) if len(found) == 1 else line


def _bare(line: str) -> str:
    return " ".join(line.split())


def _own(lines: list[str]) -> Iterator[str]:
    """Give the lines that the writer wrote: above what is quoted, or below the very last of it.

    Thunderbird lets people write below. A line in between is none of theirs: programs break long
    lines of what they quote, and anybody may have written those.
    """
    above = list(_until_quotes(lines))
    if any(line.strip() for line in above):
        yield from above
        return
    quoted = [at for at, line in enumerate(lines) if line.lstrip().startswith(">")]
    if quoted:
        below = lines[quoted[-1] + 1 :]
        if below and not below[0].strip():
            yield from _until_quotes(below)


def _until_quotes(lines: list[str]) -> Iterator[str]:
    for at, line in enumerate(lines):
        bare = folded(line[:LONGEST])
        follows = folded(" ".join((line, *lines[at + 1 : at + 3]))[:LONGEST])
        broken = _BROKEN.match(bare) and _QUOTES.match(follows)
        if bare.startswith(">") or bare in _SIGNED or _QUOTES.fullmatch(bare) or broken:
            return
        yield line
