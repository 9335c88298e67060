"""Entering: how a document gets its number, within the one transaction of whoever enters it."""

from dataclasses import dataclass
from datetime import datetime

from mailbridge.actions.house import Chancery, House
from mailbridge.clock import in_vietnam
from mailbridge.model.directory import Agency, AgencyKind, Directory
from mailbridge.model.document import Document
from mailbridge.model.entry import Entry
from mailbridge.model.outcome import BookName, Direction, Number
from mailbridge.registry import agencies, books, documents, entries, journal
from mailbridge.registry.database import Transaction
from mailbridge.registry.revisions import Cause
from mailbridge.rules import numbering, shelving

# Who acts where no person decided.
SERVICE = "mailbridge"
_ORIGINAL = "Bản gốc thay bản chỉ có giá trị tham khảo."
_USED = "Văn bản được đăng ký với số đã giữ."


@dataclass(frozen=True, slots=True)
class Wish:
    """What an outgoing number is asked for."""

    # None: the default book of outgoing documents.
    book: str | None = None
    type: str = ""
    # What is kept in the book until there is a document.
    words: str = ""
    # Unit that wrote a state công văn: 15/BNV-VP.
    drafter: str = ""
    secret: bool = False


def enter_incoming(
    tx: Transaction, house: House, document: Document, directory: Directory, now: datetime
) -> Number:
    """Give an incoming document the next number of the book that the settings choose for it."""
    chancery = house.of_office(document.office)
    sender = directory.by_code(document.key.agency)
    book = shelving.incoming_book(chancery.books, document.reading, sender)
    name = BookName(chancery.code, book.name)
    return books.enter(tx, name, document.id, in_vietnam(now).date(), now)


def take_outgoing(
    tx: Transaction, chancery: Chancery, wish: Wish, document: int | None, who: str, now: datetime
) -> Entry:
    """Give the next outgoing number to a document, or to one that is not printed yet.

    Raises NumberingError where the policy of the book gives none.
    """
    book = _outgoing_book(chancery, wish.book)
    own = agencies.directory(tx).by_code(chancery.code)
    form, organisation = book.policy.form or _form(own), _organisation(book, own)
    day = in_vietnam(now).date()
    counter = numbering.counter(book.policy, form, wish.type, day, secret=wish.secret)
    purpose = books.Purpose(
        document=document,
        direction=Direction.OUT,
        # Điều 5.1: of a secret document nothing stays here but that it has this number.
        type=wish.type,
        words="" if wish.secret else wish.words,
        by=who,
        printed=lambda ordinal: numbering.symbol(
            form, organisation, wish.type, ordinal, drafter=wish.drafter
        ),
    )
    name = BookName(chancery.code, book.name)
    taken, _ = books.take(tx, name, counter.series, counter.year, purpose, now)
    entry = entries.get(tx, taken)
    if entry is None:
        raise LookupError(f"no entry {taken}")
    return entry


def use_reserved(tx: Transaction, entry: Entry, document: int, who: str, now: datetime) -> Number:
    """Give a reserved number to its document; raises ValueError for a number that is not."""
    data = {"by": who, "number": entry.name, "document": str(document)}
    line = journal.append(tx, entry.office, "number-used", f"entry:{entry.id}", data, now)
    return entries.use(tx, entry, document, Cause(_USED, who, line, now)).number


def supersede(
    tx: Transaction, office: str, old: int, new: int, now: datetime, who: str = SERVICE
) -> Number | None:
    """Let an original take over the number of what was known for reference; both are kept."""
    data = {"by": who, "of": str(old)}
    line = journal.append(tx, office, "superseded", f"document:{new}", data, now)
    return documents.supersede(tx, old, new, Cause(_ORIGINAL, who, line, now))


def _outgoing_book(chancery: Chancery, name: str | None) -> shelving.Book:
    if name is None:
        return shelving.default_book(chancery.books, Direction.OUT)
    book = chancery.book(name)
    if book is None or book.direction is not Direction.OUT:
        ours = ", ".join(b.name for b in shelving.of_direction(chancery.books, Direction.OUT))
        raise numbering.NumberingError(f"{name}: không phải sổ văn bản đi (có: {ours}).")
    return book


def _organisation(book: shelving.Book, own: Agency | None) -> str:
    return book.policy.abbreviation or (own.symbol if own else "")


def _form(own: Agency | None) -> numbering.Form:
    states = {AgencyKind.STATE, AgencyKind.OTHER}
    is_state = own is not None and own.kind in states
    return numbering.Form.STATE if is_state else numbering.Form.PARTY
