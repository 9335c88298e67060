"""What a digest is made of: the facts of a morning or an evening, before any word is written."""

from dataclasses import dataclass, field
from datetime import datetime

from mailbridge.model.document import Document
from mailbridge.model.entry import Closing
from mailbridge.model.letter import Letter
from mailbridge.model.outcome import OutcomeName
from mailbridge.model.paper import PaperTrack
from mailbridge.model.records import LedgerRow
from mailbridge.model.sending import Exchange, Stray, Task
from mailbridge.model.status import StatusChange


@dataclass(frozen=True, slots=True)
class Answered:
    """One recipient of a document that we sent, and when it was last heard of, if ever."""

    exchange: Exchange
    document: Document
    heard_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Mails:
    """What became of each mail of an office, and how many of the registered have a document."""

    by_outcome: dict[OutcomeName | None, int] = field(default_factory=dict)
    documents: int = 0

    @property
    def rows(self) -> int:
        """Count the mails."""
        return sum(self.by_outcome.values())

    @property
    def registered(self) -> int:
        """Count those that say registered."""
        return self.by_outcome.get(OutcomeName.REGISTERED, 0)

    @property
    def is_equal(self) -> bool:
        """Tell whether n registered mails are n documents: the one is no count of the other."""
        return self.registered == self.documents


@dataclass(frozen=True, slots=True)
class Missing:
    """Numbers of one sender's series that did not come, between two that did."""

    # Name of the agency, notation and year: its book.
    agency: str
    notation: str
    year: int
    low: int
    high: int
    numbers: tuple[int, ...]
    # The task of each, by which a person says why it is none.
    tasks: tuple[int, ...]
    since: datetime
    # The document that bears the later number.
    shown_by: Document | None = None


@dataclass(frozen=True, slots=True)
class KeyEnd:
    """Until when a certificate speaks. `until` is None where its key cannot be had now."""

    whose: str
    until: datetime | None
    # It signs our own letters; else an agency enrolled it.
    own: bool


@dataclass(frozen=True, slots=True)
class Standing:
    """How the register and its keys stand: for whoever reads of the whole office."""

    mails: Mails = Mails()
    keys: tuple[KeyEnd, ...] = ()
    closing: Closing | None = None
    journal: str = ""
    # Accounts and keys that are not tried until a person has looked, with the reason of each.
    suspended: dict[str, str] = field(default_factory=dict)
    # Certificates that a clerk has to compare.
    proposals: int = 0


@dataclass(frozen=True, slots=True)
class Material:
    """Everything that one person's digest speaks of."""

    at: datetime
    since: datetime
    sent: tuple[Answered, ...] = ()
    came: tuple[Document, ...] = ()
    held: tuple[LedgerRow, ...] = ()
    urgent: tuple[Document, ...] = ()
    overdue: tuple[Document, ...] = ()
    refused: tuple[Document, ...] = ()
    recalled: tuple[tuple[StatusChange, Document], ...] = ()
    quarantined: tuple[LedgerRow, ...] = ()
    # Those that the officer has not closed; of what they say nothing is here (Điều 5.1).
    impounded: int = 0
    strays: tuple[Stray, ...] = ()
    tasks: tuple[Task, ...] = ()
    papers: tuple[tuple[PaperTrack, Document], ...] = ()
    # None where nobody watches for gaps, or it is not this person's matter.
    missing: tuple[Missing, ...] | None = None
    letters: tuple[Letter, ...] = ()
    # None for a person whose filter shows only a part: the office as a whole is not its matter.
    standing: Standing | None = None
    # By document: the codes by which the reader may act on it by reply.
    codes: dict[int, str] = field(default_factory=dict)
