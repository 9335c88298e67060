"""What a person says in the first line of a reply to a notice: a word that acts, or nothing clear.

Only what the writer wrote himself is read: quoted text, what stands behind it in a mail of Outlook,
and signatures are not. What could mean two things means none. Of a mail about several documents
each line says something for itself: `rules/reply_lines`.
"""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from mailbridge.rules.wording import folded


class Verb(StrEnum):
    """What a reply may do; as the docs spell it."""

    TAKE = "nhan"
    FORWARD = "chuyen"
    RETURN = "tra-lai"
    DONE = "xong"


@dataclass(frozen=True, slots=True)
class Wish:
    """One thing that a person asked for. `words` is the unit, or the reason of a return."""

    verb: Verb
    words: str = ""
    due: date | None = None


@dataclass(frozen=True, slots=True)
class Unclear:
    """Nothing is done; `why` is Vietnamese, for the writer."""

    why: str


# A reply is a few lines; what quotes a long correspondence is read no further (letters).
READ = 100_000
LONGEST = 500
# A deadline without its year is one of these days; what lies further off is a slip.
_AHEAD = timedelta(days=183)
_DAY = re.compile(r"(\d{1,2})[/.-](\d{1,2})(?:[/.-](\d{4}))?")
# From here on a mail program repeats what is answered.
_QUOTES = re.compile(
    r"-{3,}.*|_{5,}|(on|vao|luc|le)\b.*(wrote|da viet|a ecrit)\s*:|"
    r"\*?(tu|from|nguoi gui|da gui|sent)\s*:.*",
)
# The beginning of such a line that goes on in the next one.
_BROKEN = re.compile(r"(on|vao|luc)\b.*\d")
_SIGNED = {"--", "—"}
_VERBS = {"nhan": Verb.TAKE, "xong": Verb.DONE, "chuyen": Verb.FORWARD, "tra lai": Verb.RETURN}
_ALONE = {"nhan": Verb.TAKE, "xong": Verb.DONE}
_PASSED = re.compile(r"\S+ +(\S.*?) +(h\S{1,5}) +(\d\S*)", re.IGNORECASE)
_RETURNS = re.compile(r"\s*\S+\s+\S+\s*:\s*(.*\S)\s*")

_TAG = re.compile(r"<(/?)([a-zA-Z0-9]*)[^<>]*>")
_SPACES = re.compile(r"\s+")
_SILENT = {"head", "style", "script", "title"}
_BREAKS = {"br", "p", "div", "tr", "li", "table", "hr"}
_QUOTED = {"blockquote"}
# How Thunderbird, Outlook (its header; on the web), Gmail, Yahoo and Apple mark where it begins.
_MARKED = re.compile(
    r"moz-cite-prefix|gmail_quote|gmail_attr|yahoo_quoted|OutlookMessageHeader|divRplyFwdMsg"
    r"|appendonsend|mail-editor-reference|border-top:\s*solid #(?:e1e1e1|b5c4df)",
    re.IGNORECASE,
)
# Programs break lines at 72 to 78 characters, or later.
_BREAKS_AT = 72

_NOTHING = Unclear("Thư không có lời nào ở đầu, phía trên phần trích dẫn.")
_OTHER = Unclear("Dòng đầu của thư không phải là một trong các lời nêu dưới đây.")
_TWO = Unclear("Thư nêu hai việc khác nhau; mỗi thư chỉ một việc.")
_WHOM = Unclear("Lời “chuyển” phải có đơn vị và hạn, ví dụ: chuyển Phòng Tổng hợp hạn 30/11.")
_WHEN = Unclear("Không hiểu hạn: ghi ngày và tháng, trong vòng sáu tháng tới, ví dụ 30/11.")
_WHY = Unclear("Lời “trả lại” phải có lý do sau dấu hai chấm, ví dụ: trả lại: gửi nhầm nơi nhận.")


def wish(text: str, today: date) -> Wish | Unclear:
    """Read what a reply asks for; `text` is plain, see `shown` for HTML."""
    lines = own_lines(text)
    if not lines:
        return _NOTHING
    first = _read(lines[0], today)
    if isinstance(first, Wish):
        others = (_read(line, today) for line in lines[1:])
        if any(isinstance(one, Wish) and one != first for one in others):
            return _TWO
    return first


def own_lines(text: str) -> list[str]:
    """List the lines that the writer wrote himself, without the empty ones, made whole again."""
    made: list[str] = []
    above = ""
    for line in _own(text[:READ].splitlines()):
        bare = line.strip()
        if above and bare and not begins(bare) and begins(made[-1]) and _goes_on(above, bare):
            made[-1] = f"{made[-1]} {bare}"
        elif bare:
            made.append(bare)
        above = bare
    return made


def _goes_on(above: str, below: str) -> bool:
    """Tell whether a program broke a line here, as RFC 3676 §4.2 has it: no word more fitted."""
    return len(above) + 1 + len(below.split(maxsplit=1)[0]) > _BREAKS_AT


def begins(line: str) -> Verb | None:
    """Tell with which of the words a line begins."""
    first, _, rest = folded(line[:LONGEST]).partition(" ")
    if first == "tra":
        first = f"tra {rest.partition(' ')[0]}"
    return _VERBS.get(first.rstrip(":,"))


def shown(source: str) -> str:
    """Write the words of an HTML text in their lines, up to the first quotation."""
    written: list[str] = []
    at, silent = 0, ""
    for tag in _TAG.finditer(source[:READ]):
        if not silent:
            written.append(_run(source[at : tag.start()]))
        at, name = tag.end(), tag[2].lower()
        if silent:
            silent = "" if tag[1] and name == silent else silent
        elif name in _QUOTED or _MARKED.search(tag[0]):
            return "".join(written)
        elif name in _SILENT and not tag[1]:
            silent = name
        elif name in _BREAKS:
            written.append("\n")
    return "".join(written if silent else [*written, _run(source[at:READ])])


def _run(source: str) -> str:
    """Write a run of text: white space, with that of &nbsp;, parts words across tags, too."""
    return _SPACES.sub(" ", html.unescape(source))


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


def _read(line: str, today: date) -> Wish | Unclear:
    said = " ".join(line.split())
    bare = folded(said).rstrip(" .!;,")
    if len(said) > LONGEST:
        return _OTHER
    if bare in _ALONE:
        return Wish(_ALONE[bare])
    if re.match(r"tra lai\b", bare):
        found = _RETURNS.fullmatch(said) if re.match(r"tra lai ?:", bare) else None
        return Wish(Verb.RETURN, found[1]) if found else _WHY
    if re.match(r"chuyen\b", bare):
        return passed(said.rstrip(" .!;,"), today)
    return _OTHER


def passed(said: str, today: date) -> Wish | Unclear:
    """Read to whom and until when a document is passed on: a word, the unit, and the deadline."""
    found = _PASSED.fullmatch(said)
    unit = found[1].strip(" :,;") if found else ""
    # Said twice, it is not known where the unit ends.
    if (
        found is None
        or folded(found[2]).rstrip(":") != "han"
        or not unit
        or re.search(r"\bhan\b", folded(unit))
    ):
        return _WHOM
    due = _day(found[3], today)
    return Wish(Verb.FORWARD, unit, due) if due else _WHEN


def _day(said: str, today: date) -> date | None:
    found = _DAY.fullmatch(said)
    if found is None:
        return None
    years = (int(found[3]),) if found[3] else (today.year, today.year + 1)
    for year in years:
        try:
            day = date(year, int(found[2]), int(found[1]))
        except ValueError:
            continue
        if found[3] or today <= day <= today + _AHEAD:
            return day
    return None
