"""Lists of any length, in pieces that a statement has room for."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TypeVar

# PostgreSQL takes 65,535 values in a statement and SQLite 250,000; some statements name each twice.
AT_ONCE = 1_000

T = TypeVar("T")


def pieces(every: Iterable[T], most: int = AT_ONCE) -> Iterator[tuple[T, ...]]:
    """Give what is listed in its order, so many at a time; nothing where nothing is listed."""
    left = iter(every)
    while piece := tuple(islice(left, most)):
        yield piece
