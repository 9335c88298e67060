"""What tesseract found on a picture, as rows of words with their places on the page."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from statistics import median

from mailbridge.model.wording import fold
from mailbridge.reading.rows import Page, Word, rows_of, tidy

# Words that it is less sure of than so many percent are specks and pieces of stamps.
_SURE = 20.0
_WORD_LEVEL, _COLUMNS = "5", 12
# Letters that reach below their line; their boxes do, too, by a share of their height.
_BELOW = frozenset("gjpqyQ,;()/_ạặậẹệịọộợụựỵẠẶẬẸỆỊỌỘỢỤỰỴ")
_DESCENT = 0.2
# A line of fewer words does not tell how far its page leans.
_TELLING = 4
# A page of more words than any book has is noise.
_WORDS = 5_000

_Line = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Found:
    """A word with its box in pixels from the upper left, and the line it belongs to."""

    text: str
    left: float
    right: float
    base: float
    high: float
    line: _Line


def page_of(tsv: str, size: tuple[float, float], scale: float, number: int = 0) -> Page:
    """Make a page of `size` points from TSV in pixels, of which a point has `scale`.

    A scan leans: the words of a line are put on one level, and the page is turned back.
    """
    width, height = size
    lines: dict[_Line, list[_Found]] = defaultdict(list)
    for count, found in enumerate(_words(tsv)):
        if count >= _WORDS:
            break
        lines[found.line].append(found)
    lean = median([0.0, 0.0, *(s for line in lines.values() if (s := _slope(line)) is not None)])
    usual = median([each.high for line in lines.values() for each in line] or [scale * 12])
    words = []
    for line in map(_mended, lines.values()):
        base = median(each.base - lean * each.left for each in line)
        high = min(max(median(each.high for each in line), usual * 0.8), usual * 1.6)
        for each in line:
            at = (each.left / scale, each.right / scale, height - base / scale)
            words.append(Word(each.text, *at, high / scale, spaced=True))
    return Page(rows_of(words), width, height, number)


def _mended(line: list[_Found]) -> list[_Found]:
    """Mend the one word of heads that the model mistakes most: TỈNH ỦY, NHÂN DÂN TỈNH."""
    folded = ["", *(fold(each.text) for each in line), ""]
    mended = []
    for at, each in enumerate(line, 1):
        beside = folded[at + 1] == "uy" or folded[at - 1] == "dan"
        is_province = folded[at] == "tinh" and beside
        text = each.text
        if is_province:
            text = "TỈNH" if text.isupper() else "Tỉnh" if text[0].isupper() else "tỉnh"
        mended.append(replace(each, text=text))
    return mended


def _slope(line: list[_Found]) -> float | None:
    """Tell how far a line falls for each pixel to the right (least squares)."""
    if len(line) < _TELLING:
        return None
    x = sum(each.left for each in line) / len(line)
    y = sum(each.base for each in line) / len(line)
    spread = sum((each.left - x) ** 2 for each in line)
    return sum((each.left - x) * (each.base - y) for each in line) / spread if spread else None


def _words(tsv: str) -> Iterator[_Found]:
    for row in tsv.splitlines()[1:]:
        cells = row.split("\t")
        if len(cells) != _COLUMNS or cells[0] != _WORD_LEVEL:
            continue
        try:
            left, top, width, height = map(float, cells[6:10])
            sure = float(cells[10])
        except ValueError:
            continue
        # The Icelandic letter looks the same, and the model knows both.
        text = tidy(cells[11]).replace("Ð", "Đ").replace("ð", "đ").replace("ĐĐ", "Đ")
        if text and sure >= _SURE:
            below = _DESCENT * height if _BELOW.intersection(text) else 0.0
            base = top + height - below
            yield _Found(text, left, left + width, base, height, tuple(cells[2:5]))
