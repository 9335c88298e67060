"""Hand-over to the operations system (hệ thống thông tin điều hành tác nghiệp, Điều 6.4)."""

import re
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Literal

from mailbridge.model.document import Document
from mailbridge.model.letter import Party
from mailbridge.model.slot import Fingerprint

# Event of the journal: a set was written, and where.
HANDED_OVER = "handed-over"
_ODD = re.compile(r"[^\w.-]")


class HandoverState(StrEnum):
    """Where a document stands with the operations system."""

    PENDING = "pending"
    HANDED = "handed"
    CONFIRMED = "confirmed"
    # The operations system did not take it; its words say why.
    RETURNED = "returned"


@dataclass(frozen=True, slots=True)
class HandoverSet:
    """A file set: documents handed over together, numbered within their office."""

    office: str
    ordinal: int
    made_at: datetime
    # None: it was begun, and its files may not be there yet.
    finished_at: datetime | None = None

    @property
    def name(self) -> str:
        """The name of its folder, the same however often it is written."""
        # Codes of agencies are letters, digits, dots and hyphens; a path is made of no other.
        return f"mailbridge-{_ODD.sub('_', self.office)}-{self.ordinal:05d}"


@dataclass(frozen=True, slots=True)
class Handover:
    """How a document was handed over, and what the operations system answered."""

    document: Document
    state: HandoverState
    set_: HandoverSet | None = None
    # Number and day that the operations system gave it.
    number: str = ""
    day: date | None = None
    words: str = ""
    answered_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Packet:
    """A document as it is handed over: from its agency, to the office whose book holds it."""

    document: Document
    own: Party
    made_at: datetime


@dataclass(frozen=True, slots=True)
class PacketFile:
    """A packet that was written into a file set."""

    name: str
    size: int
    sha256: Fingerprint


@dataclass(frozen=True, slots=True)
class Confirmation:
    """What the operations system says of a document that it was handed."""

    document_id: str
    state: Literal[HandoverState.CONFIRMED, HandoverState.RETURNED]
    number: str = ""
    day: date | None = None
    words: str = ""


def document_id(document: Document) -> str:
    """Give the identifier under which a document is handed over (QCVN 102, DocumentId).

    Agency, date and symbol; where one was not read, our own number is unique as well.
    """
    if document.key.is_complete or document.number is None:
        return str(document.key)
    return f"{document.office},{document.number.book},{document.number}"
