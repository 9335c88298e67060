"""What a person wants to send, what hinders it, and what waits for a person afterwards."""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from mailbridge.model.exchange import ExchangeState
from mailbridge.model.letter import Party
from mailbridge.model.outcome import Number
from mailbridge.model.reading import FieldName, Urgency


class StrayKind(StrEnum):
    """Why a receipt or recall changed nothing."""

    # About nothing that we sent or hold.
    ORPHAN = "orphan"
    # Not from whom it says, or not proven so.
    FORGED = "forged"
    # Of another content than what we sent.
    CONTENT = "content"
    # It contradicts what is known.
    DISPUTE = "dispute"
    # A person's own words, which a person must read.
    WORDS = "words"


class TaskKind(StrEnum):
    """What a person must do."""

    # The recipient returned it: mend, sign, send again.
    RETURNED = "returned"
    BOUNCED = "bounced"
    # Silent past the deadline: decide on paper, or send again.
    SILENT = "silent"
    UNCERTAIN = "uncertain"
    DISPUTE = "dispute"
    # A letter was given up by our own server.
    UNDELIVERED = "undelivered"
    # A recalled document must be destroyed by the clerk.
    DESTROY = "destroy"
    # A copy that the machine cannot erase: in the operations system, on paper, in a backup.
    COPY = "copy"
    # Paper goes beside it (Điều 8).
    PAPER = "paper"
    # A sender's number is missing.
    GAP = "gap"
    READ = "read"


@dataclass(frozen=True, slots=True)
class Task:
    """One thing that waits for a person."""

    id: int
    office: str
    kind: TaskKind
    words: str
    opened_at: datetime
    document: int | None = None
    exchange: int | None = None
    person: str = ""
    due: datetime | None = None
    closed_at: datetime | None = None
    closed_by: str = ""
    closed_why: str = ""
    # What opened it, once.
    cause: str = ""


@dataclass(frozen=True, slots=True)
class Stray:
    """One receipt or recall that changed nothing."""

    id: int
    office: str
    ledger: int
    kind: StrayKind
    why: str
    at: datetime
    exchange: int | None = None
    closed_at: datetime | None = None
    closed_by: str = ""
    closed_why: str = ""
    # Name of the one that it is, where several came in one mail.
    about: str = ""


# Where the recipient has said nothing yet.
SILENT = frozenset(
    {
        ExchangeState.OWED,
        ExchangeState.UNCERTAIN,
        ExchangeState.SUBMITTED,
        ExchangeState.BOUNCED,
    }
)


@dataclass(frozen=True, slots=True)
class Exchange:
    """One document that we sent with one recipient, and what its facts say together."""

    id: int
    office: str
    document: int
    to: Party
    owed_at: datetime
    answer_by: datetime | None = None
    reminders: int = 0
    state: ExchangeState = ExchangeState.OWED
    number: str = ""
    reason: str = ""
    is_return: bool = False
    is_weak: bool = False
    is_late: bool = False
    is_disputed: bool = False
    recall_asked: bool = False
    recall_refused: bool = False
    # Until when it is to be handled there, where a person set it (Điều 11.13).
    handle_by: datetime | None = None
    # When its recipient was warned before either deadline.
    answer_warned_at: datetime | None = None
    handle_warned_at: datetime | None = None

    @property
    def is_overdue(self) -> bool:
        """Tell whether a deadline passed without an answer: it was reminded of, or called late."""
        return self.is_late or (self.reminders > 0 and self.state in SILENT)


@dataclass(frozen=True, slots=True)
class Submission:
    """What a person of ours handed in to be sent, as a mail in the blob store."""

    id: int
    office: str
    person: str
    address: str
    fingerprint: str
    recipients: tuple[str, ...]
    taken_at: datetime
    attempts: int = 0
    settled_at: datetime | None = None
    outcome: str = ""
    document: int | None = None


class NumberWish(StrEnum):
    """Where the number of an outgoing document comes from."""

    # The book's next one; a number that is printed on it must be that one.
    NEXT = "next"
    # One that was reserved before it was printed and signed.
    RESERVED = "reserved"
    # Another system gave it: it is printed, and our book has no line for it.
    PRINTED = "printed"


class Business(StrEnum):
    """What a mail does with a document (QCVN 102 BussinessDocType)."""

    NEW = "0"
    RECALL = "1"
    UPDATE = "2"
    REPLACE = "3"


@dataclass(frozen=True, slots=True)
class DraftFile:
    """One file of a draft: its octets are in the blob store under `sha256`."""

    name: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Draft:
    """A document that a person wants to send (văn bản đi), before any check."""

    office: str
    files: tuple[DraftFile, ...]
    # Identifiers or addresses of the recipients, as the person named them.
    to: tuple[str, ...]
    # Subject of the mail that it was handed in by; a source of the reading like any other.
    subject: str = ""
    # What the person says of it; the text of the document must not say otherwise.
    fields: dict[FieldName, str] = field(default_factory=dict)
    urgency: Urgency | None = None
    number: NumberWish = NumberWish.NEXT
    # Entry of the reserved number; None: found by the number that is printed.
    reserved: int | None = None
    book: str | None = None
    # Why mail is used, in the person's own words (Điều 5.3).
    ground: str = ""
    # Until when it is to be handled there.
    due: date | None = None
    encrypt: bool = False
    # What it replaces or brings up to date: ids of documents of ours, and why.
    business: Business = Business.NEW
    replaces: tuple[int, ...] = ()
    reason: str = ""
    # Why warnings are overruled.
    overrule: str = ""


class Weigh(StrEnum):
    """What a hindrance does: warnings can be overruled by a named person, blocks cannot."""

    BLOCK = "block"
    WARN = "warn"


@dataclass(frozen=True, slots=True)
class Hindrance:
    """What a check found before anything leaves; `words` are Vietnamese and say how to mend it."""

    code: str
    weigh: Weigh
    words: str


@dataclass(frozen=True, slots=True)
class Sent:
    """A document that is entered and whose letters are owed."""

    document: int
    number: Number | None
    symbol: str
    recipients: tuple[Party, ...]
    overruled: tuple[Hindrance, ...] = ()


@dataclass(frozen=True, slots=True)
class NotSent:
    """Nothing was written: these hindrances stand."""

    hindrances: tuple[Hindrance, ...]
