"""Where a mail lies in a mailbox, and what is known of it before it is opened."""

from dataclasses import dataclass
from datetime import datetime
from typing import NewType

Fingerprint = NewType("Fingerprint", str)
"""SHA-256 of octets as received, in lower-case hex: the name of a blob."""


@dataclass(frozen=True, slots=True, order=True)
class Slot:
    """The place of one mail: (mailbox, UIDVALIDITY, UID), unique for ever (RFC 3501 §2.3.1.1)."""

    mailbox: str
    uidvalidity: int
    uid: int

    def __str__(self) -> str:
        return f"{self.mailbox}/{self.uidvalidity}/{self.uid}"


@dataclass(frozen=True, slots=True)
class Arrival:
    """What the server tells of a mail before its body is fetched."""

    slot: Slot
    size: int
    # INTERNALDATE: when the server took the mail in (RFC 3501 §2.3.3).
    internal_date: datetime
    # Subject and priority fields as sent: a hint for the order of work, nothing believed.
    subject: str = ""
    priority: str = ""
