"""Nơi nhận: who gets a paper, as the list at its lower left says, without the archive's copy."""

import re

from mailbridge.reading.addressees import listed
from mailbridge.reading.rows import Page

_TO = re.compile(r"^noi nhan\b ?:?")
_ARCHIVE = re.compile(r"^[-–—+*•]? ?luu\b")
_FAR = 2.4
_LINES = 80
_HEADING = 14
# The list keeps to the left of this share of the width, the signature to the right.
_BOUNDARY = 0.48


def recipients_of(page: Page) -> tuple[str, ...]:
    """List the recipients as printed."""
    column = [one for one, _ in page.sides(_BOUNDARY) if one is not None]
    starts = [at for at, piece in enumerate(column) if _TO.match(piece.bare)]
    # "Nơi nhận hồ sơ là …" is a sentence; the list comes last.
    starts = [at for at in starts if len(column[at].text) < _HEADING]
    if not starts:
        return ()
    above, lines = column[starts[-1]], list[str]()
    for piece in column[starts[-1] + 1 : starts[-1] + 1 + _LINES]:
        if _ARCHIVE.match(piece.bare) or above.y - piece.y > _FAR * max(above.size, 9.0):
            break
        lines.append(piece.text)
        above = piece
    return listed(lines)
