"""What a letter about a document of ours states: to whom it goes, with which files."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from mailbridge.model.reading import Urgency


@dataclass(frozen=True, slots=True)
class FileFact:
    """Name, size and SHA-256 of one file of the document."""

    name: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Party:
    """An agency and the address that it uses here."""

    agency: str
    name: str
    address: str


@dataclass(frozen=True, slots=True)
class SentFile:
    """One file of a document that leaves: octets in the blob store under `sha256`."""

    name: str
    size: int
    sha256: str
    type: str


@dataclass(frozen=True, slots=True)
class DocumentFacts:
    """A document to one recipient: everything that its mail states (docs/wire.md)."""

    exchange: int
    document_key: str
    # "0" new, "2" update, "3" replacement (QCVN 102 BussinessDocType).
    business: str
    symbol: str | None
    issued: date | None
    type: str | None
    summary: str
    urgency: Urgency
    files: tuple[SentFile, ...]
    by: Party
    to: Party
    # All to whom it goes (nơi nhận), `to` among them.
    recipients: tuple[Party, ...]
    made_at: datetime
    number: str = ""
    notation: str = ""
    place: str = ""
    signer: str = ""
    position: str = ""
    # Why mail is used (Điều 5.3), in words.
    ground: str = ""
    # A paper original goes there too (Điều 8), and why.
    paper: str = ""
    # Until when it is to be handled there (Điều 11.13).
    due: date | None = None
    # Until when an answer is expected.
    answer_by: datetime | None = None
    # Keys of the documents that it replaces or brings up to date, and why.
    replaces: tuple[str, ...] = ()
    reason: str = ""
    encrypt: bool = False


@dataclass(frozen=True, slots=True)
class RecallFacts:
    """That a document which we sent must be destroyed there (Điều 9.2, Điều 10.2)."""

    exchange: int
    recall_id: str
    document_key: str
    symbol: str | None
    issued: date | None
    summary: str
    files: tuple[FileFact, ...]
    by: Party
    to: Party
    reason: str
    # Message-ID of the mail that brought it there, and its number there, as far as known.
    message_id: str
    made_at: datetime
    number: str = ""
    subject: str = ""
    # Locked as the document was.
    encrypt: bool = False


class ReminderStage(StrEnum):
    """What a reminder is about."""

    # No receipt came, and its time is over.
    OVERDUE = "overdue"
    # No receipt came, and its time is over soon.
    ANSWER_SOON = "answer-soon"
    # It was entered there, and is to be handled soon (Điều 11.13).
    HANDLE_SOON = "handle-soon"


@dataclass(frozen=True, slots=True)
class Awaited:
    """One more document of the same early warning."""

    symbol: str | None
    issued: date | None
    summary: str
    sent_at: datetime
    due: datetime
    message_id: str
    # Its number there, as far as known.
    number: str = ""


@dataclass(frozen=True, slots=True)
class ReminderFacts:
    """That the receipt of a document is overdue; or that its time, or its handling's, ends soon."""

    document_key: str
    symbol: str | None
    issued: date | None
    summary: str
    by: Party
    to: Party
    sent_at: datetime
    due: datetime
    message_id: str
    # 1 for the first reminder.
    round: int = 1
    # Locked as the document was.
    encrypt: bool = False
    stage: ReminderStage = ReminderStage.OVERDUE
    # Its number there, as far as known.
    number: str = ""
    # An early warning names all documents of that recipient whose time ends soon.
    also: tuple[Awaited, ...] = ()
