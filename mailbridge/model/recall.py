"""A recall (thu hồi văn bản điện tử): what was asked, of what, and what became of each copy."""

from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum, StrEnum

from mailbridge.model.outgoing import FileFact
from mailbridge.model.told import Proof


class Strength(IntEnum):
    """What proves an agency: of a mail, or of the document that it would destroy."""

    NOTHING = 0
    # The agency's mail server (DKIM), which any user of it may write through.
    SERVER = 1
    # An OpenPGP key that the directory pins.
    KEY = 2
    # A certificate that the directory enrolled, under a trusted root.
    SEAL = 3


class RecallState(StrEnum):
    """Where a recall that reached us stands."""

    # It came before its document, and waits for it.
    TOMBSTONE = "tombstone"
    # The content is locked; the clerk destroys it within a deadline.
    WITHHELD = "withheld"
    # Destruction was ordered: octets are being erased, wherever they lie.
    ERASING = "erasing"
    # Destroyed, and answered with proof.
    DESTROYED = "destroyed"


class CopyKind(StrEnum):
    """Where a copy of a recalled document lies; the words of `Proof.copies`."""

    BLOB = "blob"
    SEARCH = "search"
    IMAP = "imap"
    HANDOVER = "handover"


class CopyState(StrEnum):
    """What became of a copy."""

    PENDING = "pending"
    ERASED = "erased"
    # Another document or mail has the same octets.
    SHARED = "shared"
    # It could not be erased from here: a task of a person.
    LEFT = "left"


@dataclass(frozen=True, slots=True)
class Claim:
    """What a recall says, by whatever form it came: nothing of it is believed yet."""

    # Its own name; of an edXML recall the digest of its mail.
    recall_id: str
    # Who says that it calls its own document back.
    agency: str
    symbol: str | None
    # ISO 8601 date of issue.
    issued: str | None
    # Message-ID of the mail that brought the document, without brackets.
    message_id: str = ""
    files: tuple[FileFact, ...] = ()
    reason: str = ""
    made_at: datetime | None = None
    summary: str = ""

    @property
    def prints(self) -> frozenset[str]:
        """The digests of the files that must go."""
        return frozenset(file.sha256 for file in self.files)

    @property
    def key(self) -> str:
        """The document as receipts name it."""
        return ",".join((self.agency, (self.issued or "").replace("-", "/"), self.symbol or ""))


@dataclass(frozen=True, slots=True)
class Recall:
    """One recall that reached us."""

    id: int
    office: str
    # The mail that brought it.
    ledger: int
    claim: Claim
    # The address that the answer goes to: enrolled for the agency.
    address: str
    strength: Strength
    state: RecallState
    at: datetime
    document: int | None = None
    # Until when the clerk must have destroyed it.
    due: datetime | None = None
    escalated_at: datetime | None = None
    by: str = ""
    ordered_at: datetime | None = None
    destroyed_at: datetime | None = None
    proof: Proof | None = None
    # The receipt 16 that told that the document had not come.
    letter: str = ""


@dataclass(frozen=True, slots=True)
class RecallCopy:
    """One copy of a recalled document. `name` is a digest, a path, or a slot."""

    id: int
    recall: int
    kind: CopyKind
    name: str
    state: CopyState
    # Vietnamese: which other document has it, or why it could not be erased.
    words: str = ""
    # Of a mail in a mailbox: its row of the ledger, and the mailbox.
    ledger: int | None = None
    mailbox: str = ""
    done_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class RecallAnswer:
    """What a recipient answered to a recall of ours; `proof` with a 15."""

    exchange: int
    code: str
    words: str
    at: datetime
    is_weak: bool
    proof: Proof | None = None
    ledger: int | None = None
