"""How a document is laid out and printed: everything that offices and programs do differently."""

import random
from dataclasses import dataclass

from reportlab.lib.units import mm


@dataclass(frozen=True, slots=True)
class Look:
    """One way of laying out and printing; lengths in points."""

    left: float
    right: float
    top: float
    foot: float
    # Size of body text, share of a letter's width, pitch of lines in sizes.
    size: float
    squeeze: float
    pitch: float
    # Middle and width of the head's columns, from the left edge of the text.
    left_middle: float
    left_width: float
    right_middle: float
    # How letters reach the file: "lines", "words", "chunks", "letters", "layer".
    emission: str
    # In which order: "rows", "columns", "backwards", "shuffled".
    order: str
    decomposed: bool
    hard_spaces: bool
    # The date stands so much lower than the number.
    date_drop: float
    # "rule", "dashes", "underscores", "none" below a summary.
    ending: str
    star: str
    colon: bool
    # Blanks around the signs of a number: as "Số: 12 / QĐ - UBND".
    loose: bool
    dash: str
    addressee_style: str
    recipient_mark: str
    recipient_end: str
    page_numbers: str
    # Degrees by which the page itself says that it is turned, and offset of its box.
    turned: int
    offset: tuple[float, float]
    summary_word: str
    block_gap: float
    # Degrees by which a scanner's layer of text leans.
    lean: float
    # Each line is struck twice to look bold; written for a font from before Unicode (TCVN3).
    struck: bool = False
    old_font: bool = False


def look(chance: random.Random, which: str) -> Look:
    """Choose a look; the two sets differ in the ranges of what they choose from."""
    held = which == "held-out"
    size = chance.choice((13, 14) if not held else (12, 13, 13.5, 14))
    left = chance.choice((30, 35) if not held else (25, 30, 32)) * mm
    right = chance.choice((15, 20) if not held else (15, 18, 20)) * mm
    emission = _one(chance, lines=40, words=20, chunks=22, letters=8, layer=10)
    inner = 595.0 - left - right
    share = chance.uniform(0.36, 0.44) if not held else chance.uniform(0.34, 0.46)
    return Look(
        left=left, right=right,
        top=chance.uniform(14, 25) * mm, foot=chance.uniform(15, 25) * mm,
        size=size, squeeze=chance.uniform(82, 92) if not held else chance.uniform(78, 94),
        pitch=chance.uniform(1.15, 1.5),
        left_middle=inner * share / 2 + chance.uniform(-6, 6), left_width=inner * share - 8,
        right_middle=inner * (1 + share) / 2 + chance.uniform(-4, 4),
        emission=emission,
        order=_one(chance, rows=45, columns=30, backwards=10, shuffled=15),
        decomposed=chance.random() < 0.12, hard_spaces=chance.random() < 0.15,
        date_drop=0.0 if chance.random() < 0.6 else chance.uniform(-9, 9),
        ending=_one(chance, rule=55, dashes=25, underscores=8, none=12),
        star=chance.choice(("*", "*", "* * *", "")),
        colon=chance.random() < 0.5, loose=chance.random() < 0.1,
        dash=chance.choice(("-", "-", "-", "–")),
        addressee_style=chance.choice(("inline", "list", "list")),
        recipient_mark=chance.choice(("- ", "- ", "-", "– ", "+ ")),
        recipient_end=chance.choice((",", ";", ";", "")),
        page_numbers=chance.choice(("top", "top", "foot", "none", "dashed")),
        turned=_turn(chance),
        offset=(0.0, 0.0) if chance.random() < 0.95 else (chance.uniform(-40, 40),
                                                          chance.uniform(-40, 40)),
        summary_word=chance.choice(("V/v ", "V/v: ", "về việc ", "Về việc ", "V/v ", "v/v ")),
        block_gap=chance.uniform(45, 85),
        lean=chance.uniform(-0.7, 0.7) if emission == "layer" else 0.0,
    )  # fmt: skip


def _turn(chance: random.Random) -> int:
    return chance.choice((90, 270)) if chance.random() < 0.05 else 0


def _one(chance: random.Random, **shares: int) -> str:
    return chance.choices(tuple(shares), tuple(shares.values()))[0]
