"""Which book an incoming document goes into, where an agency keeps several."""

from dataclasses import dataclass, field

from mailbridge.model.directory import Agency, AgencyKind
from mailbridge.model.outcome import Direction
from mailbridge.model.reading import FieldName, Reading
from mailbridge.rules.numbering import Policy
from mailbridge.rules.wording import folded


@dataclass(frozen=True, slots=True)
class Book:
    """One book of an agency: what goes into it, and how it is numbered.

    All that is given must fit; a book for which nothing is given takes what no other one takes.
    """

    name: str
    direction: Direction
    title: str = ""
    default: bool = False
    types: tuple[str, ...] = ()
    kinds: tuple[AgencyKind, ...] = ()
    senders: tuple[str, ...] = ()
    policy: Policy = field(default_factory=Policy)

    @property
    def takes_some(self) -> bool:
        """Tell whether it is for some documents alone."""
        return bool(self.types or self.kinds or self.senders)


def incoming_book(books: tuple[Book, ...], reading: Reading, sender: Agency | None) -> Book:
    """Choose the book of an incoming document; the first that fits decides, else the default."""
    incoming = of_direction(books, Direction.IN)
    fitting = (book for book in incoming if book.takes_some and _fits(book, reading, sender))
    return next(fitting, default_book(books, Direction.IN))


def default_book(books: tuple[Book, ...], direction: Direction) -> Book:
    """Name the book of a direction that takes what no other one takes."""
    those = of_direction(books, direction)
    return next((book for book in those if book.default), those[0])


def of_direction(books: tuple[Book, ...], direction: Direction) -> tuple[Book, ...]:
    """List the books of one direction."""
    return tuple(book for book in books if book.direction is direction)


def _fits(book: Book, reading: Reading, sender: Agency | None) -> bool:
    type_ = folded(reading.value(FieldName.TYPE) or "")
    if book.types and type_ not in {folded(one) for one in book.types}:
        return False
    if book.kinds and (sender is None or sender.kind not in book.kinds):
        return False
    codes = {code.lower() for code in book.senders}
    return not codes or (sender is not None and sender.code.lower() in codes)
