"""Enter paper: a clerk registers a document that came or left on paper, in the same book.

One series counts paper and electronic documents together (NĐ 30/2020 Art. 15, 22).
"""

from dataclasses import dataclass, field, replace
from datetime import datetime

from mailbridge.actions.entering import (
    Wish,
    enter_incoming,
    supersede,
    take_outgoing,
    use_reserved,
)
from mailbridge.actions.house import Chancery, House
from mailbridge.actions.owing import pass_on, stand
from mailbridge.model.directory import Directory
from mailbridge.model.document import Document, DocumentKey, DocumentState, Medium
from mailbridge.model.entry import Entry, EntryState
from mailbridge.model.evidence import Verdict
from mailbridge.model.letter import Stage
from mailbridge.model.outcome import Direction, Number
from mailbridge.model.parcel import File
from mailbridge.model.reading import Field, FieldName, Reading, Urgency
from mailbridge.model.records import Known
from mailbridge.model.status import StatusChange
from mailbridge.registry import agencies, documents, entries, journal, search_index, similar
from mailbridge.registry.database import Transaction

# Where the values of a document on paper were read.
SOURCE = "clerk"
_WHY = "Văn bản giấy do văn thư vào sổ."


class AlreadyKnownError(Exception):
    """The same number, date and agency is in the register; `document` is the newest such one."""

    def __init__(self, document: Document) -> None:
        super().__init__(document.id)
        self.document = document


class NotReservedError(Exception):
    """The number that was to be used is not reserved; names it."""


@dataclass(frozen=True, slots=True)
class Paper:
    """What a clerk reads off a document on paper, with its scans, which are in the blob store."""

    office: str
    direction: Direction
    fields: dict[FieldName, str]
    received_at: datetime
    # Who enters it.
    by: str
    # Identifier of the issuing agency, where the directory has it.
    agency: str = ""
    urgency: Urgency = Urgency.NORMAL
    files: tuple[File, ...] = ()
    # Of an outgoing one: the number that was reserved for it, or what a new one is asked for.
    reserved: int | None = None
    wish: Wish = field(default_factory=Wish)
    # Why it is entered although the register knows the same number, date and agency.
    anyway: str = ""


def enter_paper(house: House, paper: Paper, now: datetime) -> Document:
    """Enter it; raises AlreadyKnownError, NotReservedError and NumberingError.

    The paper original of what came unsigned by mail takes over its number; both are kept.
    """
    with house.database.transaction() as tx:
        chancery, directory = house.of_office(paper.office), agencies.directory(tx)
        document = _document(chancery, paper, directory)
        older = _known(tx, document, paper)
        document = replace(document, id=documents.add(tx, document))
        number = _number(tx, house, document, paper, older, now)
        documents.set_state(tx, document.id, DocumentState.REGISTERED)
        document = replace(document, number=number, entered_at=now, state=DocumentState.REGISTERED)
        _journal(tx, document, paper, now)
        if paper.direction is Direction.IN:
            stand(tx, house, StatusChange(document.id, Stage.REGISTERED, now, paper.by))
            pass_on(tx, house, document, now, why=_WHY)
        entered = documents.get(tx, document.id) or document
        search_index.index(tx, entered)
        return entered


def _document(chancery: Chancery, paper: Paper, directory: Directory) -> Document:
    outgoing = paper.direction is Direction.OUT
    code = chancery.code if outgoing else paper.agency
    agency = directory.by_code(code) if code else None
    fields = {name: Field(value, SOURCE, 1.0, (), paper.by) for name, value in paper.fields.items()}
    symbol, date = paper.fields.get(FieldName.SYMBOL), paper.fields.get(FieldName.DATE)
    return Document(
        id=0,
        ledger=0,
        mailbox=chancery.mailboxes[0],
        office=chancery.code,
        key=DocumentKey(agency.code if agency else code, symbol, date),
        agency_name=agency.name if agency else paper.fields.get(FieldName.ISSUER, ""),
        sender="",
        # Of the scan: the paper itself is no electronic document, and was not checked (Điều 4).
        verdict=Verdict.REFERENCE,
        state=DocumentState.HELD,
        urgency=paper.urgency,
        reading=Reading(fields, paper.urgency),
        files=paper.files,
        received_at=paper.received_at,
        direction=paper.direction,
        medium=Medium.PAPER,
    )


def _known(tx: Transaction, document: Document, paper: Paper) -> Document | None:
    """Find what the paper is the original of; raises AlreadyKnownError for anything else known."""
    prints = frozenset(file.sha256 for file in document.files)
    known: tuple[Known, ...] = similar.similar(
        tx, document.office, document.key, prints, document.agency_name
    )
    newest = documents.get(tx, known[-1].document) if known else None
    if newest is None or paper.anyway:
        return None
    is_copy = newest.verdict is Verdict.REFERENCE and newest.medium is Medium.MAIL
    if document.key.is_complete and is_copy and newest.state is DocumentState.REGISTERED:
        return newest
    raise AlreadyKnownError(newest)


def _number(
    tx: Transaction,
    house: House,
    document: Document,
    paper: Paper,
    older: Document | None,
    now: datetime,
) -> Number:
    if paper.direction is Direction.OUT:
        return _outgoing(tx, house, document, paper, now)
    number = supersede(tx, document.office, older.id, document.id, now, paper.by) if older else None
    return number or enter_incoming(tx, house, document, agencies.directory(tx), now)


def _outgoing(
    tx: Transaction, house: House, document: Document, paper: Paper, now: datetime
) -> Number:
    if paper.reserved is None:
        chancery = house.of_office(document.office)
        entry = take_outgoing(tx, chancery, paper.wish, document.id, paper.by, now)
    else:
        entry = _reserved(tx, document.office, paper.reserved)
        use_reserved(tx, entry, document.id, paper.by, now)
    if entry.symbol and FieldName.SYMBOL not in paper.fields:
        documents.write(tx, _printed(document, entry.symbol, paper.by))
    return entry.number


def _reserved(tx: Transaction, office: str, wanted: int) -> Entry:
    entry = entries.get(tx, wanted)
    fits = entry is not None and entry.office == office and entry.direction is Direction.OUT
    if entry is None or not fits or entry.state is not EntryState.RESERVED:
        raise NotReservedError(entry.name if entry else str(wanted))
    return entry


def _printed(document: Document, symbol: str, who: str) -> Document:
    """Let an outgoing document bear the number and notation that its entry gives it."""
    field = Field(symbol, "book", 1.0, (), who)
    reading = replace(document.reading, fields={FieldName.SYMBOL: field, **document.reading.fields})
    return replace(document, key=replace(document.key, symbol=symbol), reading=reading)


def _journal(tx: Transaction, document: Document, paper: Paper, now: datetime) -> None:
    data = {"by": paper.by, "number": str(document.number), "direction": paper.direction.value}
    data |= {"anyway": paper.anyway} if paper.anyway else {}
    subject = f"document:{document.id}"
    journal.append(tx, document.office, "entered-from-paper", subject, data, now)
