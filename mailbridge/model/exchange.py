"""An exchange: one document that we sent, one recipient, and what is known of it (Điều 11.8)."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class ExchangeState(StrEnum):
    """Where a document stands with one recipient. Nothing that arrives late can lower it."""

    # The letter is in our outbox.
    OWED = "owed"
    # A lost answer after DATA: nobody knows whether it was taken.
    UNCERTAIN = "uncertain"
    # A server took it; it says nothing of the recipient.
    SUBMITTED = "submitted"
    # A server gave it back.
    BOUNCED = "bounced"
    # 01 to 06 of the recipient.
    ARRIVED = "arrived"
    REGISTERED = "registered"
    ASSIGNED = "assigned"
    PROCESSING = "processing"
    DONE = "done"
    # 02, also after 03: a lawful return.
    REFUSED = "refused"
    # 15: destroyed, with proof.
    RECALLED = "recalled"


class FactKind(StrEnum):
    """What can become known: of our own doing, of mail servers, of the recipient."""

    SUBMITTED = "submitted"
    UNCERTAIN = "uncertain"
    BOUNCED = "bounced"
    # Our own request 13.
    RECALL_ASKED = "recall-asked"
    # The deadline of an answer passed.
    LATE = "late"
    # Codes of QCVN 102 that the recipient sent.
    ARRIVED = "01"
    REFUSED = "02"
    REGISTERED = "03"
    ASSIGNED = "04"
    PROCESSING = "05"
    DONE = "06"
    RECALLED = "15"
    RECALL_REFUSED = "16"


class Weight(StrEnum):
    """What a fact rests on."""

    # Our own doing, or what our own clock says.
    OWN = "own"
    # A signed receipt of the recipient.
    PROVEN = "proven"
    # A receipt nobody signed, a mail server's report, a person's plain reply: shown as such.
    WEAK = "weak"


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that is known of an exchange. The same fact twice is one fact.

    `seq` numbers a peer's receipts about one document from 1 (docs/wire.md); other senders give
    none, and their facts are ordered by the time that they state.
    """

    kind: FactKind
    at: datetime
    weight: Weight
    seq: int | None = None
    # The recipient's number (số đến) of a 03; the reason of a 02 or 16.
    number: str = ""
    reason: str = ""


class Dispute(StrEnum):
    """What contradicts itself and waits for a person."""

    # Two numbers of the recipient for one document.
    TWO_NUMBERS = "two-numbers"
    # Worked on or completed after it was returned, and not registered anew.
    WORKED_AFTER_RETURN = "worked-after-return"
    # A receipt although the recipient said that it was destroyed.
    ALIVE_AFTER_RECALL = "alive-after-recall"


@dataclass(frozen=True, slots=True)
class Standing:
    """What the facts say together."""

    state: ExchangeState
    # The recipient's number, once it has one.
    number: str = ""
    # Why it was refused.
    reason: str = ""
    # 02 after 03.
    is_return: bool = False
    # Nothing of the recipient's that is proven says so.
    is_weak: bool = False
    # A deadline passed, and still nobody answered.
    is_late: bool = False
    # It passed, and the answer came after it.
    was_late: bool = False
    recall_asked: bool = False
    # 16, and why; 15 makes it void.
    recall_refused: str | None = None
    # Numbers of the chain that are missing between those that came.
    missing: tuple[int, ...] = ()
    disputes: frozenset[Dispute] = field(default_factory=frozenset)
