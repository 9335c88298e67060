"""What a mail states about a document of ours, what it was matched with, and the judgement."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from mailbridge.model.exchange import Fact, FactKind
from mailbridge.model.report import Cover
from mailbridge.model.sending import Exchange, StrayKind


class Source(StrEnum):
    """In which form something is stated, the most exact first."""

    # Facts of mailbridge.
    MACHINE = "machine"
    # An edXML status.
    STATUS = "status"
    # A disposition notification of a mail program.
    NOTIFICATION = "notification"
    # A report of a mail server.
    DELIVERY = "delivery"
    # A person's own words.
    WORDS = "words"


@dataclass(frozen=True, slots=True)
class Statement:
    """One thing that a mail says about a document of ours."""

    source: Source
    # None: it says nothing that a machine could act on.
    kind: FactKind | None
    # When it happened, as stated; where nothing is stated, when the mail came.
    at: datetime
    # Names the fact: the same statement again bears the same.
    key: str
    # Who says so and to whom, as stated: agency, address. Empty where it is not stated.
    by: tuple[str, str] = ("", "")
    to: tuple[str, str] = ("", "")
    # Message-IDs of what it answers; the ENVID; In-Reply-To and References.
    names: tuple[str, ...] = ()
    envelope: str = ""
    references: tuple[str, ...] = ()
    symbol: str | None = None
    issued: date | None = None
    # SHA-256 of the files of the document; None: it does not tell.
    files: frozenset[str] | None = None
    seq: int | None = None
    number: str = ""
    reason: str = ""
    # The time above is its own word.
    is_dated: bool = False
    covers: tuple[Cover, ...] = ()

    @property
    def is_signed(self) -> bool:
        """Tell whether a standing seal over the whole mail is on it."""
        return any(cover.stands for cover in self.covers)


class Way(StrEnum):
    """What led to the document, the surest first."""

    MESSAGE_ID = "message-id"
    ENVELOPE = "envelope"
    REFERENCE = "reference"
    KEY = "key"
    FILES = "files"


# What only whoever saw our letter can name.
BY_TOKEN = frozenset({Way.MESSAGE_ID, Way.ENVELOPE, Way.REFERENCE})


@dataclass(frozen=True, slots=True)
class Match:
    """What was found, and by which clue."""

    way: Way
    exchanges: tuple[Exchange, ...]

    @property
    def knows_token(self) -> bool:
        """Tell whether its sender has seen our letter: nobody else knows its token."""
        return self.way in BY_TOKEN


@dataclass(frozen=True, slots=True)
class Sender:
    """Who wrote the mail, as far as that is proven."""

    address: str
    # Agency of the mailbox in From, when the directory knows it.
    agency: str
    # Everything was checked, and nothing spoke against it.
    is_good: bool
    # At least its domain stands behind it (aligned DKIM), or a seal.
    is_proven: bool
    # Something failed a check.
    is_failed: bool
    # A signature on the mail does not fit it: changed on the way, or forged.
    is_broken: bool
    contradicts: bool
    # A mail server speaks: the null sender, or its own mailbox.
    is_server: bool


@dataclass(frozen=True, slots=True)
class Sent:
    """What we sent, and what is known of it."""

    exchange: Exchange
    # Our own addresses.
    own: frozenset[str]
    files: frozenset[str]
    # Names of the facts that are known.
    known: frozenset[str] = frozenset()
    facts: tuple[Fact, ...] = ()
    # The directory has what this recipient signs its mails with.
    signs: bool = False


@dataclass(frozen=True, slots=True)
class Accepted:
    """It is believed, with this weight."""

    fact: Fact
    key: str


@dataclass(frozen=True, slots=True)
class Strayed:
    """It changes nothing; `why` is for a person."""

    kind: StrayKind
    why: str


@dataclass(frozen=True, slots=True)
class Ignored:
    """It is known already, or says nothing."""


Judgement = Accepted | Strayed | Ignored


@dataclass(frozen=True, slots=True)
class Case:
    """One statement before its judges: who makes it, what it was matched with, what we sent."""

    statement: Statement
    sender: Sender
    match: Match
    sent: Sent
    now: datetime

    @property
    def recipient(self) -> str:
        """The agency that it went to, in lower case; empty where only its address is known."""
        return self.sent.exchange.to.agency.lower()

    @property
    def is_proven(self) -> bool:
        """Tell whether the recipient signed it, and everything could be checked."""
        return self.statement.is_signed and self.sender.is_good
