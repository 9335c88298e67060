"""Tên loại và trích yếu: the title of a paper with its summary, or what a công văn is about."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from mailbridge.reading.heads import Head, is_title
from mailbridge.reading.kinds import kind_of_title
from mailbridge.reading.rows import Page, Piece, tidy
from mailbridge.reading.symbols import symbol_in

# The register's field holds 500 characters (NĐ 30, PL VI); what runs on is cut.
_SUMMARY = 500
# A summary of more lines has run into the text.
_LINES = 9
# A narrow column breaks it into more.
_ABOUT_LINES = 24
# A line of so few letters is the end of one: "quý" / "III".
_NUMERAL = 4
# A line further below than this, in heights of letters and in steps before it, begins anew.
_FAR, _FURTHER = 2.15, 1.38
# A summary is centred: its middle is off by no more than this share of the width.
_OFF = 0.035
_ABOUT = re.compile(r"^(?:v/v|ve viec)(?: ve viec)?[ :.]*")
_RULE = re.compile(r"^[-–—_*=. ~•]+$")
_BODY = re.compile(
    r"^(?:can cu|thuc hien (?:nghi|chi|ke|quy|ket|thong|huong|cong|chuong|y kien)|thi hanh"
    r"|kinh ?(?:gui|trinh)|dong kinh|i[-.] |1[.)] |dieu 1\b|xet de nghi|theo de nghi|phan thu)"
)
_AUTHORITY = re.compile(
    r"^(?:chu tich|pho chu tich|uy ban|hoi dong|ban (?:thuong vu|chap hanh|chi dao)|giam doc"
    r"|bo truong|thu tuong|chanh|truong|cuc truong|vien truong|hieu truong|tong|tinh uy|thanh uy"
    r"|dang uy|bo chinh tri|ban bi thu|so |bo |van phong)"
)


@dataclass(frozen=True, slots=True)
class Title:
    """The kind and what it is about; `at` is the index of the first row below them."""

    kind: str | None
    summary: str | None
    at: int
    # Whether the title line says the kind and nothing else.
    exact: bool = True
    # Whether the end of the summary is plain to see.
    closed: bool = True


def title_of(page: Page, head: Head) -> Title:
    """Read title and summary; without a title it is a công văn, or nothing that is known."""
    at = next((n for n, row in enumerate(page.rows) if n >= head.end and is_title(row, page)), None)
    to = next((n for n, row in enumerate(page.rows) if n >= head.end and _is_to(row)), None)
    far = head.end + 6
    if at is None or at > far or (to is not None and at > to + 4):
        summary, closed = about(head)
        return Title(None, summary, head.end, closed=closed)
    found = kind_of_title(page.rows[at].text)
    if found is None:
        return Title(None, None, head.end)
    lines, end, closed = _below(page, at)
    return Title(found[0], _joined(lines), end, found[1], closed)


def _is_to(row: Piece) -> bool:
    return row.bare.startswith(("kinh gui", "kinh trinh"))


def _below(page: Page, at: int) -> tuple[list[str], int, bool]:
    """Gather the lines of the summary below the title at this index."""
    rows = page.rows
    lines = [rows[at]]
    index = at + 1
    # "CỦA BAN THƯỜNG VỤ TỈNH ỦY": whose resolution it is, and not what it is about.
    while (
        index < len(rows)
        and rows[index].text.isupper()
        and (rows[index].bare.startswith("cua ") or (index > at + 1 and not _loud(rows, index)))
    ):
        lines = [rows[index]]
        index += 1
    gathered: list[Piece] = []
    while index < len(rows) and len(gathered) < _LINES:
        why = _ends(page, lines[-1], rows[index], gathered)
        if why:
            return [row.text for row in gathered], index, why == "plain"
        gathered.append(rows[index])
        lines.append(rows[index])
        index += 1
    return [row.text for row in gathered], index, index >= len(rows)


def _loud(rows: Sequence[Piece], index: int) -> bool:
    return rows[index].bare.startswith("ve ") or not rows[index].text.isupper()


def _ends(page: Page, above: Piece, row: Piece, gathered: list[Piece]) -> str:
    """Tell whether a row no longer belongs to the summary: "plain", "likely" or nothing."""
    first = gathered[0] if gathered else None
    level = first or above
    like = page.placed and row.bold == level.bold and _centred(page, level, row)
    if _RULE.match(row.text) or (_BODY.match(row.bare) and row.text[:1].isupper() and not like):
        return "plain"
    loud = _is_authority(first, row) if first is not None else ""
    if loud or not page.placed:
        return loud
    if _is_far(above, row, gathered) or (first is not None and first.bold and not row.bold):
        return "plain"
    return "likely" if gathered and not _centred(page, level, row) else ""


def _is_authority(first: Piece, row: Piece) -> str:
    """Tell the line in capitals of who decides; below a summary in capitals it is only likely."""
    if not row.text.isupper():
        return ""
    decides = _AUTHORITY.match(row.bare) is not None
    if first.text.isupper():
        return "likely" if decides else ""
    return "plain" if decides else "likely"


def _is_far(above: Piece, row: Piece, gathered: list[Piece]) -> bool:
    step = above.y - row.y
    last_step = gathered[-2].y - gathered[-1].y if len(gathered) > 1 else 0.0
    further = bool(last_step) and step > _FURTHER * last_step
    return further or step > _FAR * max(row.size, above.size)


def _centred(page: Page, level: Piece, row: Piece) -> bool:
    return abs(row.middle - level.middle) < _OFF * page.width


def _joined(lines: Sequence[str]) -> str | None:
    joined = tidy(" ".join(lines)).strip(" .;:-–—")
    return joined[:_SUMMARY] or None


def about(head: Head) -> tuple[str | None, bool]:
    """Read the summary of a công văn: "V/v …" or "về việc …" in the left column."""
    column = head.left
    for at, line in enumerate(column):
        match = _ABOUT.match(line.bare)
        if match is None or (head.symbol_at >= 0 and at < head.symbol_at):
            continue
        gathered = [line.text[match.end() :]]
        for above, below in zip(column[at:], column[at + 1 :], strict=False):
            if _over(above, below):
                break
            gathered.append(below.text)
        return _joined(gathered[:_ABOUT_LINES]), len(gathered) <= _ABOUT_LINES
    return None, True


def _over(above: Piece, below: Piece) -> bool:
    stamp = below.text.isupper() and not above.text.isupper() and len(below.text) > _NUMERAL
    far = above.y - below.y > _FAR * max(above.size, below.size)
    return bool(
        stamp or far or _RULE.match(below.text)
        or (_BODY.match(below.bare) and below.text[:1].isupper())
        or symbol_in(below.text)
    )  # fmt: skip
