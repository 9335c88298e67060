"""Phụ lục: appendices that are printed behind a paper, told from it and from other papers."""

import re

from mailbridge.reading.rows import Page

_TITLE = re.compile(
    r"^(?:phu luc|danh sach|danh muc|bieu|mau|de cuong|phieu|bang|quy (?:che|dinh)|ke hoach|chuong"
    r" trinh|de an|phuong an|noi dung|lich)\b"
)
_BELONGS = re.compile(r"^\(? ?(?:kem theo|ban hanh kem|dinh kem|gui kem)")
_NUMBERED = re.compile(r"^phu luc(?: (?:so )?[ivxlcd\d]+)?[.:]?$")
_LONGEST = 200
# A title stands among the first rows.
_ROWS = 6


def appendix_on(page: Page) -> str | None:
    """Read the title of an appendix that begins on this page."""
    top = [row for row in page.rows[:_ROWS] if not row.text.strip("-–— ").isdigit()]
    for at, row in enumerate(top[:4]):
        if len(row.text) > _LONGEST or not _TITLE.match(row.bare):
            continue
        below = top[at + 1 : at + 4]
        if _NUMBERED.match(row.bare) or any(_BELONGS.match(each.bare) for each in below):
            return row.text.strip(" .:")
    return None
