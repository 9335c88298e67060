"""What letters say beside their documents: proofs, digests, answers to our own people."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Proof:
    """What became of each copy of a recalled document; words of `left` are Vietnamese."""

    # SHA-256 of the mail and of its files: those whose octets are gone from here.
    erased: tuple[str, ...]
    # Kinds of copies that were found and erased: "blob", "search", "imap", "preview", "handover".
    copies: tuple[str, ...]
    # What could not be erased here, and who sees to it.
    left: tuple[str, ...]
    at: datetime
    by: str


@dataclass(frozen=True, slots=True)
class Section:
    """One table of a digest; `none` is said where it has no rows."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...] = ()
    none: str = ""
    # Rows that are left out here, and the command that shows them.
    more: int = 0
    command: str = ""
    # Indices of the rows that a person must look at.
    alarms: tuple[int, ...] = ()
    # By which a reply names the document of each row; empty, or one a row, "" where none may act.
    codes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Offer:
    """A document on which the reader may act by reply, and the code that names it in the letter."""

    code: str
    document: int


@dataclass(frozen=True, slots=True)
class DigestFacts:
    """What a person of ours reads in the morning or the evening."""

    title: str
    agency: str
    at: datetime
    since: datetime
    # The facts in one line: what the subject says.
    headline: str
    sections: tuple[Section, ...]
    # A table of the day goes along as XLSX.
    sheet: bool = False
    # Which documents it names: what is found secret later must leave no words here (Điều 5.1).
    documents: tuple[int, ...] = ()
    # Those of them on which its reader may act by reply.
    offers: tuple[Offer, ...] = ()


@dataclass(frozen=True, slots=True)
class AnswerFacts:
    """What became of what a person of ours submitted or asked for by mail."""

    title: str
    lines: tuple[str, ...]
    accepted: bool
    # Message-ID and subject of the mail that is answered.
    message_id: str | None
    subject: str = ""
