"""Rows of books as they are printed and exported: plain values, wherever they come from."""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from mailbridge.model.document import Document
from mailbridge.model.outcome import Number
from mailbridge.model.paper import Channel


class BookField(StrEnum):
    """What a column of a printed book may show; the words of the layout files."""

    ARRIVED = "arrived"
    NUMBER = "number"
    AUTHOR = "author"
    SYMBOL = "symbol"
    ISSUED = "issued"
    TYPE = "type"
    SUMMARY = "summary"
    # Tên loại và trích yếu nội dung văn bản.
    TITLE = "title"
    # Tên loại, số, ký hiệu, ngày tháng và tên cơ quan ban hành văn bản.
    ORIGIN = "origin"
    SIGNER = "signer"
    RECIPIENTS = "recipients"
    HANDLER = "handler"
    ARCHIVE = "archive"
    COPIES = "copies"
    MOVED = "moved"
    DEADLINE = "deadline"
    PROGRESS = "progress"
    REPLY = "reply"
    ENVELOPES = "envelopes"
    URGENCY = "urgency"
    VALUE = "value"
    NOTE = "note"
    # Ký nhận: room for a pen.
    EMPTY = "empty"


@dataclass(frozen=True, slots=True)
class BookLine:
    """One number of a book as the register has it; None: nothing is entered under it."""

    number: Number
    entered_at: datetime
    document: Document | None
    # By which other ways it came (cũng nhận qua).
    also: tuple[Channel, ...] = ()
    # What the book itself says of a number, reserved or given to what is sent: it wins where told,
    # but the number and notation that stand on the document win over those of the book.
    symbol: str = ""
    type: str = ""
    summary: str = ""
    note: str = ""
    # Void (hủy số): it stays, struck through, with its reason in the note.
    is_void: bool = False
    # Names of those to whom it was sent, and when the first mail left.
    recipients: tuple[str, ...] = ()
    left_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class BookRow:
    """One entry (dòng sổ). Words are as read from mails: hostile until they are made fit."""

    number: str
    # Day of the book under which it stands.
    day: date
    arrived: datetime | None = None
    author: str = ""
    symbol: str = ""
    # ISO 8601, or what was read instead.
    issued: str = ""
    type: str = ""
    summary: str = ""
    signer: str = ""
    recipients: str = ""
    handler: str = ""
    archive: str = ""
    copies: str = ""
    moved: datetime | None = None
    deadline: datetime | None = None
    progress: str = ""
    reply: str = ""
    envelopes: str = ""
    urgency: str = ""
    value: str = ""
    note: str = ""
    # Void (hủy số): stays readable, struck through.
    is_void: bool = False
    # A number that was only reserved is a row, and no document.
    has_document: bool = True


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a layout: its heading, its part of the width, and what it shows."""

    heading: str
    width: float
    field: BookField


@dataclass(frozen=True, slots=True)
class Layout:
    """A form of book (mẫu sổ): title and columns, which local practice decides."""

    title: str
    columns: tuple[Column, ...]
    # Điều or annex that it follows, printed on the cover.
    source: str = ""
    # A line at the end of each day with its number of documents and its closing digest.
    days: bool = True
    # Who signs below the last row, left and right.
    signers: tuple[str, str] = ("NGƯỜI LẬP SỔ", "LÃNH ĐẠO VĂN PHÒNG")


@dataclass(frozen=True, slots=True)
class BookPrint:
    """What one printed volume holds."""

    layout: Layout
    agency: str
    above: str
    rows: tuple[BookRow, ...]
    printed_at: datetime
    first: date | None = None
    until: date | None = None
    # Digest of each closed day.
    closings: dict[date, str] = field(default_factory=dict)
