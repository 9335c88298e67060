"""Entries of the books (dòng sổ), their corrections, and the closings of their days."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from mailbridge.model.outcome import Direction, Number


class EntryState(StrEnum):
    """What a number stands for."""

    # Given before the document is printed and signed.
    RESERVED = "reserved"
    USED = "used"
    # Hủy số: it stays in the book with its reason, and is never given again.
    VOID = "void"


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a book: a number, and the document that has it."""

    id: int
    office: str
    number: Number
    direction: Direction
    entered_at: datetime
    document: int | None = None
    # Number and notation of an outgoing document as it is printed, e.g. 05-QĐ/ĐU.
    symbol: str | None = None
    # Of a reserved number: the type of document and what it is for, and who asked for it.
    type: str = ""
    purpose: str = ""
    taken_by: str = ""
    voided_at: datetime | None = None
    voided_by: str | None = None
    void_why: str | None = None

    @property
    def state(self) -> EntryState:
        """Tell what the number stands for."""
        if self.voided_at is not None:
            return EntryState.VOID
        return EntryState.RESERVED if self.document is None else EntryState.USED

    @property
    def name(self) -> str:
        """The name that is never ambiguous within an office: BOOK:431/2026."""
        return f"{self.number.book}:{self.number}"


@dataclass(frozen=True, slots=True)
class Revision:
    """One change of what stood in the book; the value before it stays readable.

    Of an entry (its `document`, `void`) or of a document (a field). `line` is the line of the
    office's journal that tells of it: what is later than a closing has a later line.
    """

    office: str
    line: int
    at: datetime
    entry: int | None
    document: int | None
    field: str
    before: str | None
    after: str | None
    why: str
    by: str


@dataclass(frozen=True, slots=True)
class Closing:
    """A closed day of an office's books: frozen, for prints and digests.

    `digest` covers every entry of the day with its documents, the head of the journal as it stood,
    and the closing of the day before.
    """

    office: str
    # ISO 8601, a day of Vietnam (Điều 13).
    day: str
    closed_at: datetime
    entries: int
    # The journal as it stood: its last line and its digest.
    line: int
    head: str
    previous: str
    digest: str


@dataclass(frozen=True, slots=True)
class ClosingCheck:
    """What recomputing a closed day gave; `differs` names entries, or says what does not fit."""

    closing: Closing
    differs: tuple[str, ...] = ()

    @property
    def ok(self) -> bool:
        """Tell whether the day still is what was closed."""
        return not self.differs
