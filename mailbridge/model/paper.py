"""Paper beside a document (Điều 8), and the other ways by which the same document came."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class PaperState(StrEnum):
    """Where the paper of a document stands. Overdue is no state: it is a question of the time."""

    EXPECTED = "expected"
    # Given to the post (gửi bưu điện).
    SENT = "sent"
    RECEIVED = "received"
    # A person decided that none is needed, or the document was returned.
    WAIVED = "waived"


@dataclass(frozen=True, slots=True)
class PaperTrack:
    """One paper that must come, or go to one recipient. `id` is 0 until it is stored."""

    id: int
    office: str
    document: int
    outgoing: bool
    # Of an outgoing one, whom it goes to; else empty.
    recipient: str
    # Of the rules (8.1-TCBM, 5.2), or "khac" with a person's own ground.
    code: str
    ground: str
    state: PaperState
    expected_at: datetime
    due: datetime
    # When it was sent, received or waived, by whom, under which mark of the post, and why.
    changed_at: datetime | None = None
    by: str = ""
    reference: str = ""
    why: str = ""


class Channel(StrEnum):
    """Another way by which a document came (cũng nhận qua)."""

    PAPER = "giay"
    # Trục liên thông văn bản quốc gia (Điều 7.3).
    AXIS = "truc"
    # Software for documents on the Internet (Điều 7.2).
    SOFTWARE = "phan-mem"
    # The Party's wide-area network (Điều 7.1).
    WAN = "wan"


@dataclass(frozen=True, slots=True)
class AlsoBy:
    """One number came once more by another way; no second number is given for it."""

    document: int
    channel: Channel
    # Mark of the post, identifier on the axis: what finds it there.
    reference: str
    at: datetime
    by: str
    recorded_at: datetime
