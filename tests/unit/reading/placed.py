"""Pages with words at places of our choice."""

from mailbridge.reading.rows import Page, Word, rows_of


def words(left: float, y: float, text: str, *, bold: bool = False, size: float = 11) -> list[Word]:
    """Put the words of a line one after another, six points a letter."""
    found: list[Word] = []
    x = left
    for word in text.split():
        found.append(Word(word, x, x + 6.0 * len(word), y, size, bold, spaced=bool(found)))
        x += 6.0 * len(word) + 3
    return found


def page(*lines: tuple[float, float, str], bold: tuple[str, ...] = ()) -> Page:
    """Make a page of lines: (left, y, text); those named are bold."""
    return Page(
        rows_of(word for left, y, text in lines for word in words(left, y, text, bold=text in bold))
    )
