"""Cells of a book: from a row to words, and from words to lines of a column."""

from collections.abc import Callable
from datetime import date, datetime
from functools import lru_cache

from reportlab.pdfbase.pdfmetrics import stringWidth

from mailbridge.clock import in_vietnam
from mailbridge.model.book_row import BookField, BookRow, Column
from mailbridge.prints.fonts import plain


def day(value: datetime | date | str | None) -> str:
    """Show a day as people read it; what was read instead of one stays as it is."""
    if isinstance(value, datetime):
        return in_vietnam(value).strftime("%d/%m/%Y")
    if isinstance(value, date):
        return value.strftime("%d/%m/%Y")
    try:
        return date.fromisoformat(value or "").strftime("%d/%m/%Y")
    except ValueError:
        return value or ""


def cell(row: BookRow, field: BookField) -> str:
    """Give the words of one field of a row, not yet made fit."""
    made = _COMPOSED.get(field)
    if made is not None:
        return made(row)
    value = getattr(row, field.value)
    if isinstance(value, datetime):
        return day(value)
    return "" if value is None else str(value)


def lines(row: BookRow, column: Column, width: float, font: str, size: float) -> list[str]:
    """Break one cell into lines of that width in points."""
    return wrapped(plain(cell(row, column.field)), width, font, size)


def wrapped(text: str, width: float, font: str, size: float) -> list[str]:
    """Break text at spaces; a word that is wider than the column is broken where it must."""
    broken: list[str] = []
    line, used, space = "", 0.0, _wide(" ", font, size)
    for word in text.split():
        for piece, long in _pieces(word, width, font, size):
            if line and used + space + long <= width:
                line, used = f"{line} {piece}", used + space + long
                continue
            if line:
                broken.append(line)
            line, used = piece, long
    return [*broken, line] if line else broken


def dotted(label: str, width: float, font: str, size: float) -> str:
    """Give a label and dots for the pen up to that width in points."""
    left = width - _wide(label, font, size)
    return label + "…" * max(int(left / _wide("…", font, size)), 0)


def _pieces(word: str, width: float, font: str, size: float) -> list[tuple[str, float]]:
    long = _wide(word, font, size)
    if long <= width:
        return [(word, long)]
    pieces, start, used = [], 0, 0.0
    for at, letter in enumerate(word):
        step = _wide(letter, font, size)
        if used + step > width and at > start:
            pieces.append((word[start:at], used))
            start, used = at, 0.0
        used += step
    return [*pieces, (word[start:], used)]


@lru_cache(maxsize=20_000)
def _wide(word: str, font: str, size: float) -> float:
    return float(stringWidth(word, font, size))


def _title(row: BookRow) -> str:
    # A summary often begins with the printed type.
    is_told = row.summary.casefold().startswith(row.type.casefold())
    return row.summary if is_told else f"{row.type} {row.summary}".strip()


def _origin(row: BookRow) -> str:
    dated = f"ngày {day(row.issued)}" if row.issued else ""
    number = f"số {row.symbol}" if row.symbol else ""
    author = f"của {row.author}" if row.author else ""
    return " ".join(filter(None, (row.type or "Văn bản", number, dated, author)))


_COMPOSED: dict[BookField, Callable[[BookRow], str]] = {
    BookField.TITLE: _title,
    BookField.ORIGIN: _origin,
    BookField.ISSUED: lambda row: day(row.issued),
    BookField.EMPTY: lambda _: "",
}
