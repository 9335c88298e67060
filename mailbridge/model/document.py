"""A document (văn bản) as the book knows it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from mailbridge.model.evidence import Verdict
from mailbridge.model.outcome import Direction, Number
from mailbridge.model.parcel import File
from mailbridge.model.reading import FieldName, Reading, Urgency

# Beginnings of the names of bodies that serve another.
_SERVING = ("VĂN PHÒNG", "BAN ", "ỦY BAN KIỂM TRA", "UỶ BAN KIỂM TRA")


class DocumentState(StrEnum):
    """Where a document stands with us."""

    HELD = "held"
    REGISTERED = "registered"
    REFUSED = "refused"
    # Its number was voided (hủy số): it was entered by mistake.
    VOID = "void"
    # Recalled by its sender (Điều 10.2): its content is locked until it is destroyed.
    WITHHELD = "withheld"
    # Number, metadata, fingerprints and history are left of it.
    DESTROYED = "destroyed"


class Medium(StrEnum):
    """In which form a document came or went."""

    MAIL = "mail"
    PAPER = "paper"


@dataclass(frozen=True, slots=True)
class DocumentKey:
    """What makes two documents the same one: agency, number and notation, date of issue."""

    agency: str
    symbol: str | None
    date: str | None

    @property
    def is_complete(self) -> bool:
        """Tell whether symbol and date were both read; without them files alone decide."""
        return bool(self.symbol and self.date)

    def __str__(self) -> str:
        return ",".join((self.agency, (self.date or "").replace("-", "/"), self.symbol or ""))


@dataclass(frozen=True, slots=True)
class Document:
    """One document with what was read, proven and decided. `id` is 0 until it is stored."""

    id: int
    # 0: no mail brought it.
    ledger: int
    # From where letters about it leave; for mail, the one it came to.
    mailbox: str
    key: DocumentKey
    agency_name: str
    sender: str
    verdict: Verdict
    state: DocumentState
    urgency: Urgency
    reading: Reading
    files: tuple[File, ...]
    received_at: datetime
    # Whose document it is: the identifier of our own agency.
    office: str = ""
    # Number in its book (số đến, số đi), once entered.
    number: Number | None = None
    entered_at: datetime | None = None
    # Message-ID and subject of the mail, for receipts.
    message_id: str | None = None
    subject: str = ""
    # Received-content-MIC of the mail: base64 SHA-256.
    mic: str = ""
    # Unit or person it was passed on to (Điều 5.2), and who acknowledged it.
    handler: str | None = None
    acknowledged_at: datetime | None = None
    acknowledged_by: str | None = None
    # Where it stands (Điều 11.8, a code of the catalogue), in which unit, until when, and when
    # its handling ended.
    status: str = "01"
    unit: str = ""
    deadline: datetime | None = None
    ended_at: datetime | None = None
    direction: Direction = Direction.IN
    medium: Medium = Medium.MAIL

    @property
    def author(self) -> str:
        """Who issued it (tác giả), as its head prints it; else who sent it.

        "VĂN PHÒNG" alone says nothing: an office is named with the body that it serves.
        """
        issuer, above = map(self.reading.value, (FieldName.ISSUER, FieldName.SUPERIOR))
        if issuer and above and issuer.upper().startswith(_SERVING):
            return f"{issuer} {above}"
        return issuer or self.agency_name or self.sender
