"""The head of a paper: two columns above title and text, with agency, number, place and day."""

import re
from dataclasses import dataclass

from mailbridge.reading import agencies
from mailbridge.reading.days import Day, day_in
from mailbridge.reading.kinds import kind_of_title
from mailbridge.reading.rows import Page, Piece, split
from mailbridge.reading.symbols import Symbol, symbol_in

# A head of more rows is none; nor is one that fills the page.
_ROWS = 40
_SHARE = 0.62
# Blanks of a row at which a motto may begin: a row of thousands is an attack.
_GAPS = 24
# Without a motto to tell, the right column begins here, in widths of the page.
_BOUNDARY = 0.45
_MOTTOS = ("dangcongsanvietnam", "conghoaxahoichunghia", "conghoaxahoi")
_TO = re.compile(r"^(?:dong )?kinh ?(?:gui|trinh)\b")
# What never stands in a head: the beginnings of texts.
_TEXT = re.compile(r"^(?:can cu|thuc hien|thi hanh|xet de nghi|theo de nghi|dieu 1\b|i[-.] )")
_SPAN_LEFT, _SPAN_RIGHT = 0.3, 0.62


@dataclass(frozen=True, slots=True)
class Head:
    """What was found, and the rows below it: `end` is the index of the first."""

    left: tuple[Piece, ...]
    right: tuple[Piece, ...]
    end: int
    # "party", "state", or nothing where no motto is printed.
    family: str | None
    symbol: Symbol | None = None
    # Index in `left` of the line with the number.
    symbol_at: int = -1
    day: Day | None = None

    @property
    def is_one(self) -> bool:
        """Tell whether this begins an official document: by two of number, motto and day."""
        signs = (self.symbol is not None, self.family is not None, self.day is not None)
        return sum(signs) > 1


def head_of(page: Page) -> Head:
    """Read the head of a page."""
    family, boundary = _motto(page)
    left: list[Piece] = []
    right: list[Piece] = []
    end = 0
    numbered = False
    for row in page.rows[:_ROWS]:
        if row.y < page.height * (1 - _SHARE) and end:
            break
        one, two = split(row, boundary, page.width) if page.placed else (row, None)
        numbered = numbered or (one is not None and symbol_in(one.text) is not None)
        if _ends(row, page, two=one is not None and two is not None, numbered=numbered):
            break
        end += 1
        left += [one] if one else []
        right += [two] if two else []
    symbol_at, symbol = _symbol(left)
    return Head(tuple(left), tuple(right), end, family, symbol, symbol_at, _day(right, left))


def _motto(page: Page) -> tuple[str | None, float]:
    """Find family and boundary by the motto; the right column begins where it does."""
    for row in page.rows[:12]:
        parts = [row, *(row.cut(gap[0])[1] for gap in row.gaps(0.3)[:_GAPS])]
        for part in reversed(parts):
            close = part.bare.replace(" ", "")
            if close.startswith(_MOTTOS):
                family = "party" if close.startswith(_MOTTOS[0]) else "state"
                apart = part.left > page.width * 0.3
                return family, part.left - 8 if apart else page.width * _BOUNDARY
    return None, page.width * _BOUNDARY


def _ends(row: Piece, page: Page, *, two: bool, numbered: bool) -> bool:
    if _TO.match(row.bare) or is_title(row, page):
        return True
    text = _TEXT.match(row.bare) is not None and row.text[:1].isupper()
    if two or not page.placed:
        return text and not two
    spans = row.left < page.width * _SPAN_LEFT and row.right > page.width * _SPAN_RIGHT
    return spans and (numbered or text)


def is_title(row: Piece, page: Page) -> bool:
    """Tell whether a row is the title of the paper: a kind in capitals in the middle."""
    found = kind_of_title(row.text)
    if found is None:
        return False
    off = abs(row.middle / page.width - 0.52)
    return off < (0.16 if found[1] else 0.1) or not page.placed


def _symbol(left: list[Piece]) -> tuple[int, Symbol | None]:
    """Find the line with the number; a name in capitals may cite another ("… SỐ 18-NQ/TW")."""
    found = [(at, symbol) for at, piece in enumerate(left) if (symbol := symbol_in(piece.text))]
    if not found:
        return -1, None
    quiet = [(at, symbol) for at, symbol in found if left[at].text.startswith("Số")]
    at, symbol = quiet[0] if quiet else found[-1]
    text = left[at].text
    if at + 1 < len(left) and text.endswith(("-", "/")):
        # A narrow column breaks a long symbol at its hyphen.
        symbol = symbol_in(text + left[at + 1].text) or symbol
    return at, symbol


def _day(right: list[Piece], left: list[Piece]) -> Day | None:
    for column in (right, left):
        for at, piece in enumerate(column):
            found = day_in(piece.text)
            below = column[at + 1].text if at + 1 < len(column) else ""
            if found is None and (piece.text.endswith(",") or "ngay" in piece.bare):
                # A narrow column breaks a long line.
                found = day_in(f"{piece.text} {below}")
            if found is not None:
                return found
    return None


def agency_of(head: Head) -> agencies.Printed | None:
    """Read superior and issuing body: what stands in the left column above the number."""
    lines = head.left[: head.symbol_at] if head.symbol_at >= 0 else head.left
    return agencies.printed(lines)
