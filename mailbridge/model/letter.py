"""Letters: everything that we send, owed with its facts and composed when it is posted."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from mailbridge.model.errors import Reason
from mailbridge.model.evidence import Verdict
from mailbridge.model.outcome import Number
from mailbridge.model.outgoing import (
    Awaited,
    DocumentFacts,
    FileFact,
    Party,
    RecallFacts,
    ReminderFacts,
    ReminderStage,
    SentFile,
)
from mailbridge.model.reading import Urgency
from mailbridge.model.told import AnswerFacts, DigestFacts, Offer, Proof, Section

# What letters are made of has one door.
__all__ = [
    "ONCE",
    "AlertFacts",
    "AnswerFacts",
    "Awaited",
    "DigestFacts",
    "DocumentFacts",
    "FileFact",
    "Letter",
    "LetterFacts",
    "LetterKind",
    "LetterState",
    "NoticeFacts",
    "Offer",
    "Party",
    "Proof",
    "RecallFacts",
    "ReceiptFacts",
    "ReminderFacts",
    "ReminderStage",
    "Section",
    "SentFile",
    "Stage",
    "WarningFacts",
]


class LetterKind(StrEnum):
    """Receipt and warning go to the agency that wrote to us; notice and alert to our own people.

    Document, recall and reminder go to those to whom we send; digest and answer to our own people.
    """

    RECEIPT = "receipt"
    NOTICE = "notice"
    ALERT = "alert"
    # A mail with a mark of secrecy came from there (Điều 5.1).
    WARNING = "warning"
    # A document that we send, to one recipient.
    DOCUMENT = "document"
    # That it must be destroyed there (Điều 9.2).
    RECALL = "recall"
    # That its receipt is overdue, or due soon.
    REMINDER = "reminder"
    DIGEST = "digest"
    # What became of a mail by which a person of ours submitted or did something.
    ANSWER = "answer"


class LetterState(StrEnum):
    """Where a letter stands in the outbox."""

    OWED = "owed"
    # Registered before the network is touched; after a crash it means: perhaps sent.
    ATTEMPTING = "attempting"
    SENT = "sent"
    # The line was cut between DATA and its answer.
    UNCERTAIN = "uncertain"
    # Given up; a person must see it.
    FAILED = "failed"


class Stage(StrEnum):
    """Status codes of receipts (Điều 11.8, QCVN 102 StatusCode)."""

    ARRIVED = "01"
    REFUSED = "02"
    REGISTERED = "03"
    ASSIGNED = "04"
    PROCESSING = "05"
    DONE = "06"
    # Answers to a recall: destroyed, with proof; or not, with the ground.
    RECALLED = "15"
    RECALL_REFUSED = "16"


@dataclass(frozen=True, slots=True)
class ReceiptFacts:
    """Everything that a receipt states (DESIGN section 4)."""

    receipt_id: str
    stage: Stage
    seq: int
    document_key: str
    symbol: str | None
    issued: date | None
    summary: str | None
    files: tuple[FileFact, ...]
    by: Party
    to: Party
    verdict: Verdict | None
    message_id: str | None
    subject: str
    mic: str
    received_at: datetime
    made_at: datetime
    number: Number | None = None
    reason: Reason | None = None
    # The clerk's own words for a refusal.
    words: str = ""
    # SHA-256 of the previous receipt's canonical facts (a chain that shows a missing one).
    previous: str | None = None
    # When the number was given (ngày đến), if it was.
    entered_at: datetime | None = None
    # From of the original mail, as claimed.
    sender: str = ""
    # Of a 15: what was destroyed, and what could not be (Điều 10.2).
    proof: Proof | None = None


@dataclass(frozen=True, slots=True)
class NoticeFacts:
    """A document passed on to whoever handles it (Điều 5.2, 6.3)."""

    document: int
    number: Number | None
    symbol: str | None
    issued: date | None
    type: str | None
    summary: str | None
    issuer: str
    verdict: Verdict
    verdict_why: str
    urgency: Urgency
    received_at: datetime
    route_why: str
    # (name, fingerprint of the blob): attached as they are.
    files: tuple[tuple[str, str], ...] = ()
    due: datetime | None = None
    # Until when its sender asks for it to be handled.
    asked_due: date | None = None
    # How often the urgent notice has been repeated already.
    repeated: int = 0
    # Opinion of whoever assigned it (ý kiến chỉ đạo).
    opinion: str = ""
    # A reply to it may act.
    by_reply: bool = False
    # By which a reply names it where several notices share a mail.
    code: str = ""


@dataclass(frozen=True, slots=True)
class AlertFacts:
    """Something that a person must look at; `lines` never hold content of impounded mail."""

    title: str
    lines: tuple[str, ...]
    # The command that helps, if there is one.
    command: str = ""


@dataclass(frozen=True, slots=True)
class WarningFacts:
    """That a mail with a mark of secrecy came, and nothing of what it says (Điều 5.1)."""

    by: Party
    to: Party
    received_at: datetime


LetterFacts = (
    ReceiptFacts
    | NoticeFacts
    | AlertFacts
    | WarningFacts
    | DocumentFacts
    | RecallFacts
    | ReminderFacts
    | DigestFacts
    | AnswerFacts
)

# Letters that must not leave a second time by themselves when their answer was lost.
ONCE = frozenset({LetterKind.DOCUMENT, LetterKind.RECALL})


@dataclass(frozen=True, slots=True)
class Letter:
    """One letter owed. `id` is the local part of its Message-ID: the same for every retry."""

    id: str
    kind: LetterKind
    mailbox: str
    to: str
    facts: LetterFacts
    owed_at: datetime
    not_before: datetime
    urgent: bool = False
    document: int | None = None
    exchange: int | None = None
    state: LetterState = LetterState.OWED
    attempts: int = 0
    last_error: str = ""
    sent_at: datetime | None = None
    # Name of the mail that it shares with others, or under which it may have left.
    mail: str | None = None
