"""Runs of text on pages of A4: where a program puts them, before they are printed."""

import unicodedata
from dataclasses import dataclass, field

from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics

from mailbridge.demo.pages import BOLD, REGULAR, ready_fonts
from tests.papers.looks import Look

WIDTH: float = A4[0]
HEIGHT: float = A4[1]


@dataclass(frozen=True, slots=True)
class Run:
    """Text from `x` on the line at `y`, from the lower left corner; its block for the order."""

    x: float
    y: float
    text: str
    size: float
    bold: bool = False
    slanted: bool = False
    block: str = "body"
    # How far its blanks are stretched beyond their width.
    stretch: float = 0.0


@dataclass(frozen=True, slots=True)
class Rule:
    """A drawn line or frame: (x, y, width, height); no height is a line."""

    x: float
    y: float
    width: float
    height: float = 0.0


@dataclass(slots=True)
class Sheet:
    """Pages that are written from the top down; `y` is where the next line stands."""

    look: Look
    pages: list[list[Run]] = field(default_factory=lambda: [[]])
    rules: list[list[Rule]] = field(default_factory=lambda: [[]])
    # Stamped later, as annotations on the first page: (x, y, text, size).
    stamped: list[tuple[float, float, str, float]] = field(default_factory=list)
    # Words across the first page, behind all others.
    watermarks: list[str] = field(default_factory=list)
    y: float = 0.0
    # A new document in the same file counts its pages anew.
    first: int = 0

    def __post_init__(self) -> None:
        ready_fonts()
        self.y = HEIGHT - self.look.top - 12

    @property
    def left(self) -> float:
        """Left edge of the text."""
        return self.look.left

    @property
    def right(self) -> float:
        """Right edge of the text."""
        return WIDTH - self.look.right

    @property
    def middle(self) -> float:
        """Middle of the text."""
        return (self.left + self.right) / 2

    def long(self, text: str, size: float, *, bold: bool = False) -> float:
        """Measure a line."""
        composed = unicodedata.normalize("NFC", text)
        face = BOLD if bold else REGULAR
        return self.look.squeeze / 100 * float(pdfmetrics.stringWidth(composed, face, size))

    def split(self, text: str, size: float, width: float, *, bold: bool = False) -> list[str]:
        """Break text into lines as Word does: as many words as fit."""
        lines: list[str] = []
        for word in text.split():
            longer = f"{lines[-1]} {word}" if lines else word
            if lines and self.long(longer, size, bold=bold) <= width:
                lines[-1] = longer
            else:
                lines.append(word)
        return lines

    def put(self, x: float, text: str, size: float, *, bold: bool = False, slanted: bool = False,
            block: str = "body", stretch: float = 0.0) -> None:  # fmt: skip
        """Write one line from `x`."""
        self.pages[-1].append(Run(x, self.y, text, size, bold, slanted, block, stretch))

    def centred(self, x: float, text: str, size: float, *, bold: bool = False,
                slanted: bool = False, block: str = "body") -> None:  # fmt: skip
        """Write one line around `x`."""
        start = x - self.long(text, size, bold=bold) / 2
        self.put(start, text, size, bold=bold, slanted=slanted, block=block)

    def down(self, size: float) -> None:
        """Go to the next line of that size."""
        self.y -= size * self.look.pitch

    def rule(self, x: float, width: float, y: float, height: float = 0.0) -> None:
        """Draw a line or a frame."""
        self.rules[-1].append(Rule(x, y, width, height))

    def turn(self) -> None:
        """Begin the next page, with its number where the look has it."""
        self.pages.append([])
        self.rules.append([])
        number = str(len(self.pages) - self.first)
        size = self.look.size
        where = {"top": HEIGHT - 30, "dashed": HEIGHT - 30, "foot": 24.0}
        if self.look.page_numbers in where:
            self.y = where[self.look.page_numbers]
            text = f"- {number} -" if self.look.page_numbers == "dashed" else number
            self.centred(self.middle, text, size, block="number")
        self.y = HEIGHT - self.look.top - 12

    def needs(self, height: float) -> None:
        """Begin the next page where this one is too full."""
        if self.y - height < self.look.foot:
            self.turn()

    def paragraph(self, text: str) -> None:
        """Write a justified paragraph with an indent, over pages where it must."""
        size, indent = self.look.size, 28.0
        width = self.right - self.left
        words, first = text.split(), True
        while words:
            room = width - (indent if first else 0)
            line = self.split(" ".join(words), size, room)[0]
            words = words[len(line.split()) :]
            blanks = line.count(" ")
            slack = room - self.long(line, size)
            stretch = slack / blanks if words and blanks else 0.0
            self.needs(size)
            self.put(self.left + (indent if first else 0), line, size, stretch=stretch)
            self.down(size)
            first = False
        self.y -= 5
