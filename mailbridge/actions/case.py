"""One examined mail on its way to being settled: what was found, proposed and stored."""

from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from mailbridge.model.directory import Directory
from mailbridge.model.document import Document, DocumentKey, DocumentState
from mailbridge.model.errors import Reason, RefusedError
from mailbridge.model.evidence import Level, Verdict
from mailbridge.model.examination import Examination, MailView
from mailbridge.model.impounded import ImpoundState
from mailbridge.model.message import Kind
from mailbridge.model.outcome import Held
from mailbridge.model.parcel import File
from mailbridge.model.reading import FieldName
from mailbridge.model.slot import Arrival, Fingerprint
from mailbridge.provenance.words_of_rules import OF_RULES
from mailbridge.registry.blobs import Blobs
from mailbridge.rules.judge import Proposal, Register

# No number and notation is longer (letters).
_KEY = 200


@dataclass(frozen=True, slots=True)
class Case:
    """One examined mail with what the rules propose."""

    ledger: int
    arrival: Arrival
    fingerprint: Fingerprint
    examination: Examination
    proposal: Proposal
    # Whose mail it is: the identifier of our own agency.
    office: str
    # For search alone: it goes into no record of evidence, and can be erased.
    text: str = field(default="", repr=False)

    @property
    def mail(self) -> MailView:
        """The headers of the mail."""
        return self.examination.opened.mail or MailView()

    @property
    def makes_document(self) -> bool:
        """Tell whether the mail is or may become a document in the book."""
        held = isinstance(self.proposal, Held) and self.mail.kind is Kind.DOCUMENT
        return held or isinstance(self.proposal, Register)


@dataclass(frozen=True, slots=True)
class Stored:
    """The unpacked files of a document, now in the blob store."""

    files: tuple[File, ...] = ()
    # Of an impounded mail: whether its octets are locked for the officer.
    custody: ImpoundState | None = None

    @classmethod
    def store(cls, blobs: Blobs, case: Case, folder: Path) -> "Stored":
        """Put the files into the blob store durably, before any row speaks of them."""
        opened = case.examination.opened.files if case.makes_document else ()
        # What only speaks of the mail is kept with its octets, and is no file of the document.
        files = tuple(file for file in opened if not file.about)
        for file in files:
            if file.stored:
                blobs.put_file(_inside(folder, file.stored), file.sha256)
        # One fsync of the folder makes the names of the mail and of its files durable.
        blobs.sync()
        return cls(files)


def _inside(folder: Path, stored: str) -> Path:
    # Hostile: the name is the child's word, and the child has handled hostile octets.
    if Path(stored).name != stored or stored in {".", ".."}:
        raise RefusedError(Reason.TRAVERSAL, "a child named a file outside its scratch folder")
    return folder / stored


def _short(value: str | None) -> str | None:
    """Drop what is no symbol and no date: a header that a stranger wrote may hold any text.

    PostgreSQL takes no key of more than some 2,700 octets, and the mail would never be settled.
    """
    return value if value is None or len(value) <= _KEY else None


def proposed_document(case: Case, stored: Stored, directory: Directory, now: datetime) -> Document:
    """Make the document that the mail would be: not stored yet, and without a number."""
    opened, reading, mail = case.examination.opened, case.examination.reading, case.mail
    sender = mail.from_[0].spec if mail.from_ else ""
    agency = directory.by_address(sender)
    key = DocumentKey(
        agency.code if agency else "",
        _short(reading.value(FieldName.SYMBOL)),
        _short(reading.value(FieldName.DATE)),
    )
    return Document(
        id=0,
        ledger=case.ledger,
        mailbox=case.arrival.slot.mailbox,
        office=case.office,
        key=key,
        agency_name=agency.name if agency else "",
        sender=sender,
        verdict=opened.evidence.verdict or Verdict.UNDETERMINED,
        state=DocumentState.HELD,
        urgency=reading.urgency,
        reading=reading,
        files=stored.files,
        received_at=now,
        message_id=mail.message_id,
        subject=mail.subject,
        mic=mail.mic,
    )


def why(examination: Examination) -> str:
    """Give the reason of the verdict in one line: the weightiest findings.

    What the rules say of form, channel and paper is read with the document: no verdict rests on it.
    """
    order = [Level.FAIL, Level.UNCHECKED, Level.WARN, Level.OK]
    findings = [f for f in examination.opened.evidence.findings if f.code not in OF_RULES]
    for level in order:
        texts = [finding.text for finding in findings if finding.level is level]
        if texts:
            return " ".join(dict.fromkeys(texts[:3]))
    return ""


def signers_of(examination: Examination) -> tuple[str, ...]:
    """Name the holders of the certificates of all seals, each once."""
    seals = examination.opened.evidence.seals
    names = [" ".join(seal.signer.name.split()) for seal in seals if seal.signer]
    return tuple(dict.fromkeys(name for name in names if name))
