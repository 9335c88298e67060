"""What the registry tells of its rows: of the ledger, the journal, mailboxes and the directory."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from mailbridge.model.directory import CertificateRole
from mailbridge.model.errors import Reason
from mailbridge.model.evidence import Signer, Verdict
from mailbridge.model.examination import Examination
from mailbridge.model.message import Kind
from mailbridge.model.outcome import Lane, OutcomeName
from mailbridge.model.parcel import SealForm
from mailbridge.model.slot import Arrival, Fingerprint, Slot

# Event of the journal: somebody took a bundle of a document away.
EXPORTED = "exported"


@dataclass(frozen=True, slots=True)
class Attempt:
    """One beginning of an examination. `outcome` is set when the mail was settled before."""

    ledger: int
    attempt: int
    outcome: OutcomeName | None
    # Beginnings that ended in a dead child, or in a daemon that died examining this mail alone.
    deaths: int


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """One mail in the ledger (sổ thư), whatever became of it."""

    id: int
    # Subject and priority of an arrival are not kept: what is impounded leaves no words here.
    arrival: Arrival
    fingerprint: Fingerprint | None
    first_seen: datetime
    begun_at: datetime | None = None
    delivered_at: datetime | None = None
    attempts: int = 0
    deaths: int = 0
    is_open: bool = False
    alone: bool = False
    outcome: OutcomeName | None = None
    reason: Reason | None = None
    # Mark, message or address that the outcome carries besides its reason.
    detail: str = ""
    lane: Lane | None = None
    refusal: Reason | None = None
    # Of a duplicate: the row that was first.
    of: int | None = None
    until: datetime | None = None
    numbers: tuple[str, ...] = ()
    kind: Kind | None = None
    sender: str = ""
    subject: str = ""
    message_id: str | None = None
    settled_at: datetime | None = None
    decided_at: datetime | None = None
    filed_at: datetime | None = None
    gone_at: datetime | None = None

    @property
    def slot(self) -> Slot:
        """The place of the mail."""
        return self.arrival.slot

    @property
    def mailbox(self) -> str:
        """The mailbox it came to."""
        return self.arrival.slot.mailbox


@dataclass(frozen=True, slots=True)
class MailboxState:
    """From where a mailbox is watched."""

    name: str
    uidvalidity: int
    start_uid: int
    # The moment from which mail counts; it outlives a change of UIDVALIDITY (RFC 3501 §2.3.1.1).
    started_at: datetime


@dataclass(frozen=True, slots=True)
class Suspension:
    """An account that is not tried until a person has looked at it."""

    account: str
    why: str
    since: datetime


@dataclass(frozen=True, slots=True)
class JournalLine:
    """One line of an office's journal; `digest` covers the line and the digest before it."""

    office: str
    line: int
    at: datetime
    event: str
    subject: str
    data: dict[str, str]
    previous: str
    digest: str


@dataclass(frozen=True, slots=True)
class JournalCheck:
    """Whether the chain holds, how long it is, its head, and the first line that does not fit."""

    ok: bool
    lines: int
    head: str
    first_bad: int | None = None


class ChangeKind(StrEnum):
    """What loading a directory does to one agency."""

    ADDED = "added"
    CHANGED = "changed"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class Change:
    """One agency that a directory file changes: (field, before, after) of each field."""

    kind: ChangeKind
    code: str
    name: str
    fields: tuple[tuple[str, str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Known:
    """A document that may be the same as another: SHA-256 of its files, and what it was worth."""

    document: int
    ledger: int
    verdict: Verdict
    files: frozenset[str]


@dataclass(frozen=True, slots=True)
class EvidenceRecord:
    """One examination of a mail as it was recorded: the first is 1, and none is ever changed."""

    ledger: int
    sequence: int
    document: int | None
    recorded_at: datetime
    # Without its texts: those stay in the mail's blob.
    examination: Examination
    # SHA-256 of the record as it is stored, lower-case hex.
    digest: str


@dataclass(frozen=True, slots=True)
class Proposal:
    """A certificate of a known agency that was met for the first time, for a clerk to compare."""

    ledger: int
    agency: str
    signer: Signer
    form: SealForm
    proposed_at: datetime
    decided_at: datetime | None = None

    @property
    def role(self) -> CertificateRole:
        """Guess what it is for: over mails a mailbox signs, over files a seal."""
        on_mails = {SealForm.SMIME, SealForm.OPENPGP}
        return CertificateRole.MAILBOX if self.form in on_mails else CertificateRole.SEAL
