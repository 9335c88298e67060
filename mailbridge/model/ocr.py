"""Machine reading of pictures (OCR): with what, and how much of it one mail may have."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Ocr:
    """The program and its bounds; times in seconds."""

    program: str
    # Pages of one mail that are read so: a mail of a hundred scans waits for its clerk instead.
    pages: int = 6
    # For one page; tesseract takes one to three, and on noise made for it, minutes.
    seconds: int = 45
