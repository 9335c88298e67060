"""What the actions work with: live objects and settings, built by `wiring` and by nobody else."""

from dataclasses import dataclass, field
from pathlib import Path

from mailbridge.actions.examine import Permissions, Rooms
from mailbridge.model.letter import Party
from mailbridge.model.slot import Fingerprint
from mailbridge.registry import ledger
from mailbridge.registry.blobs import Blobs
from mailbridge.registry.custody import Custody
from mailbridge.registry.database import Database
from mailbridge.rules.digests import Plan
from mailbridge.rules.early import Early
from mailbridge.rules.judge import Office
from mailbridge.rules.regulation import Regulation
from mailbridge.rules.routing import Route
from mailbridge.rules.shelving import Book


@dataclass(frozen=True, slots=True)
class Telling:
    """Whom of our own people we tell, and when."""

    clerk: str
    head: str | None
    routes: tuple[Route, ...]
    batch_minutes: int
    escalate_hours: int
    # Minutes between notices of urgent documents, by rank of urgency 1 to 3.
    repeat_minutes: tuple[int, int, int]
    # Hours before a handling deadline when its handler, and after it when the head, is told.
    due_before_hours: int = 24
    due_head_hours: int = 24
    # Working days within which paper beside a document should be there (Điều 8).
    paper_days: int = 10
    # What is called back is destroyed without the clerk, or by the clerk within so many hours.
    recall_at_once: bool = False
    recall_hours: int = 24
    # A proven reply to a notice or digest acts.
    by_reply: bool = True

    def leads(self, person: str) -> bool:
        """Tell whether an address is of the clerk or the head."""
        return person.lower() in {self.clerk.lower(), (self.head or "").lower()} - {""}


@dataclass(frozen=True, slots=True)
class Sending:
    """How the documents of an office leave."""

    # The mailbox that they leave from.
    mailbox: str = ""
    # Largest mail that servers of recipients take, octets.
    mail_size: int = 25 * 1024 * 1024
    # Reminders before a person is called.
    reminders: int = 2
    # Locked for recipients whose encryption certificate is enrolled, whoever sends.
    encrypt: bool = False
    # How long before their deadlines recipients are warned.
    early: Early = field(default_factory=Early)


@dataclass(frozen=True, slots=True)
class Answering:
    """How fast receipts leave; 0: as fast as they come."""

    # Mails with receipts to one address a minute; the others wait, and leave together.
    per_minute: int = 10
    # Mails with receipts of the whole installation in ten minutes; then all of them pause.
    most: int = 3_000
    pause_minutes: int = 15


@dataclass(frozen=True, slots=True)
class Chancery:
    """The clerk's office (văn thư) of one agency: its mailboxes, book, people and keys.

    Of several in one installation none sees what is another's.
    """

    office: Office
    mailboxes: tuple[str, ...]
    books: tuple[Book, ...]
    telling: Telling
    # Folder of the keys that open what is sent to this agency alone.
    keys: Path
    sending: Sending = field(default_factory=Sending)
    # Missing numbers of senders become tasks of the clerk.
    watches_gaps: bool = False
    # When digests leave, and who reads what.
    digests: Plan = field(default_factory=Plan)

    @property
    def code(self) -> str:
        """The identifier of the agency, under which its rows are kept."""
        return self.office.agency

    def book(self, name: str) -> Book | None:
        """Find one of its books (sổ) by its name."""
        return next((book for book in self.books if book.name == name), None)


@dataclass(frozen=True, slots=True)
class House:
    """Everything that an action may need."""

    database: Database
    blobs: Blobs
    # Where impounded mails lie locked, and for whom (Điều 5.1).
    custody: Custody
    rooms: Rooms
    permissions: Permissions
    # Folder of roots, intermediates and CRLs.
    trust: Path
    chanceries: tuple[Chancery, ...]
    # What local practice decides about the rules.
    regulation: Regulation
    # Our own agency, by name of mailbox, as the sender of letters.
    parties: dict[str, Party]
    # Own secret: makes Message-IDs that nobody else can guess.
    secret: bytes
    answering: Answering = field(default_factory=Answering)

    @property
    def mailboxes(self) -> tuple[str, ...]:
        """Name all mailboxes of this installation."""
        return tuple(name for chancery in self.chanceries for name in chancery.mailboxes)

    def let_go(self, fingerprint: str) -> None:
        """Erase octets, unless a row speaks of them: the same may have come by mail."""
        with self.database.reading() as tx:
            is_spoken_of = ledger.speaks_of(tx, Fingerprint(fingerprint))
        if not is_spoken_of:
            self.blobs.erase(fingerprint)

    def of_mailbox(self, mailbox: str) -> Chancery:
        """Find whose mailbox it is; raises LookupError for one that the settings do not name."""
        for chancery in self.chanceries:
            if mailbox in chancery.mailboxes:
                return chancery
        raise LookupError(f"no mailbox {mailbox!r} in the settings")

    def of_office(self, code: str) -> Chancery:
        """Find an office by its identifier; raises LookupError for one that is not ours."""
        for chancery in self.chanceries:
            if chancery.code == code:
                return chancery
        raise LookupError(f"no office {code!r} in the settings")
