"""What became of a mail: a closed union, so that the types check every place that must know."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from mailbridge.model.errors import Reason
from mailbridge.model.message import Kind


class Direction(StrEnum):
    """Whether a document came to us (văn bản đến) or leaves us (văn bản đi)."""

    IN = "in"
    OUT = "out"


@dataclass(frozen=True, slots=True)
class BookName:
    """A book (sổ) of one of our offices, which is named by its identifier."""

    office: str
    book: str


@dataclass(frozen=True, slots=True, order=True)
class Number:
    """A number of a book (số đến, số đi): gapless and unique within book, series and year.

    Where numbers run by terms, `year` is the first year of the term.
    """

    book: str
    year: int
    ordinal: int
    # What is numbered apart within the book, such as "QĐ"; else empty.
    series: str = ""

    def __str__(self) -> str:
        series = f"-{self.series}" if self.series else ""
        return f"{self.ordinal}{series}/{self.year}"


class Lane(StrEnum):
    """Whose queue a held mail waits in."""

    CLERK = "clerk"
    UNKNOWN_SENDER = "unknown-sender"


@dataclass(frozen=True, slots=True)
class Registered:
    """Entered in the book (vào sổ) under these numbers."""

    numbers: tuple[Number, ...]


@dataclass(frozen=True, slots=True)
class Held:
    """Waits for a person. `refusal` is the ground of a 02 that is proposed, never sent unasked."""

    reason: Reason
    detail: str
    lane: Lane = Lane.CLERK
    refusal: Reason | None = None


@dataclass(frozen=True, slots=True)
class Duplicate:
    """The same thing again, known from this ledger row."""

    of: int


@dataclass(frozen=True, slots=True)
class Impounded:
    """Bears a mark of secrecy: its octets are gone from here (Điều 5.1)."""

    mark: str


@dataclass(frozen=True, slots=True)
class Quarantined:
    """No examination was possible; kept apart, unopened."""

    reason: Reason
    detail: str


@dataclass(frozen=True, slots=True)
class Applied:
    """A receipt or recall that concerns a document of ours."""

    to: str


@dataclass(frozen=True, slots=True)
class Noted:
    """Correspondence, a bounce or an automatic reply: written down, not answered."""

    kind: Kind


@dataclass(frozen=True, slots=True)
class Deferred:
    """Cannot be examined now; comes again at that time."""

    until: datetime
    detail: str


Outcome = Registered | Held | Duplicate | Impounded | Quarantined | Applied | Noted | Deferred


class OutcomeName(StrEnum):
    """The word under which an outcome is stored, listed and logged."""

    REGISTERED = "registered"
    HELD = "held"
    DUPLICATE = "duplicate"
    IMPOUNDED = "impounded"
    QUARANTINED = "quarantined"
    APPLIED = "applied"
    NOTED = "noted"
    DEFERRED = "deferred"
    # After a clerk's decision about what was held.
    REFUSED = "refused"
