"""Documents: what is held, entered or returned, with their files."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import BindParameter, Row, bindparam, insert, or_, text, update
from sqlalchemy import select as columns
from sqlmodel import col, select

from mailbridge.model import codec
from mailbridge.model.document import Document, DocumentKey, DocumentState, Medium
from mailbridge.model.evidence import Verdict
from mailbridge.model.outcome import Direction, Number
from mailbridge.model.parcel import File
from mailbridge.model.reading import Reading, Urgency
from mailbridge.registry import book_tables, entries, similar, tables
from mailbridge.registry.database import Transaction
from mailbridge.registry.pieces import pieces
from mailbridge.registry.revisions import Cause

_DOCUMENT, _FILE = tables.table(tables.Document), tables.table(tables.File)
_ENTRY = tables.table(book_tables.Entry)
_THESE: BindParameter[Any] = bindparam("these", expanding=True)
_ENTRIES_OF = columns(_ENTRY).where(_ENTRY.c.document.in_(_THESE))
_FILES_OF = columns(_FILE).where(_FILE.c.document.in_(_THESE)).order_by(_FILE.c.position)
_ADD, _ADD_FILE = insert(_DOCUMENT), insert(_FILE)
_CHANGE = update(_DOCUMENT).where(_DOCUMENT.c.id == bindparam("row"))
_OF_NUMBER = or_(_DOCUMENT.c.id == bindparam("of"), _DOCUMENT.c.superseded_by == bindparam("of"))
_SUPERSEDE = update(_DOCUMENT).where(_OF_NUMBER).values(superseded_by=bindparam("new"))
# What was called back stays locked, whatever becomes of its number.
_LOCKED = _DOCUMENT.c.state.in_((DocumentState.WITHHELD, DocumentState.DESTROYED))
_VOID = update(_DOCUMENT).where(_OF_NUMBER, ~_LOCKED).values(state=DocumentState.VOID)


def add(tx: Transaction, document: Document) -> int:
    """Store a document and its files; gives its id."""
    added = tx.run(_ADD, **columns_of(document))
    document_id: int = (added.inserted_primary_key or (0,))[0]
    add_files(tx, document_id, document.files)
    return document_id


def columns_of(document: Document) -> dict[str, Any]:
    """Give what the row of a document holds, its id and what happens to it later aside."""
    return {
        "ledger": document.ledger or None,
        "mailbox": document.mailbox,
        "office": document.office,
        "agency": document.key.agency,
        "agency_name": document.agency_name,
        "symbol": document.key.symbol,
        "issued": document.key.date,
        "sender": document.sender,
        "verdict": document.verdict,
        "state": document.state,
        "urgency": document.urgency,
        "reading": codec.encode(Reading, document.reading).decode(),
        "file_set": similar.file_set(file.sha256 for file in document.files),
        "received_at": document.received_at,
        "message_id": document.message_id,
        "subject": document.subject,
        "mic": document.mic,
        "direction": document.direction,
        "medium": document.medium,
    }


def add_files(tx: Transaction, document: int, files: Iterable[File]) -> None:
    """Store the files of a document in their order."""
    for position, file in enumerate(files):
        value = codec.encode(File, file).decode()
        tx.run(_ADD_FILE, document=document, position=position, sha256=file.sha256, value=value)


def get(tx: Transaction, document: int) -> Document | None:
    """Find one document."""
    row = tx.session.get(tables.Document, document)
    return _values(tx, (row,))[0] if row else None


def by_ledger(tx: Transaction, ledger: int) -> Document | None:
    """Find the document of a mail."""
    row = tx.session.exec(select(tables.Document).where(tables.Document.ledger == ledger)).first()
    return _values(tx, (row,))[0] if row else None


def of_mails(
    tx: Transaction, office: str, agency: str, message_ids: Iterable[str], limit: int
) -> tuple[Document, ...]:
    """List what mails of that agency brought to the office, under any of their numbers."""
    row = tables.Document
    # As each mail wrote it, with its brackets (RFC 5322 §3.6.4).
    names = [name for one in dict.fromkeys(message_ids) for name in (one, f"<{one}>")]
    # No planner then reads all documents of the agency, by the index that begins with it.
    is_theirs = (col(row.agency) + "") == agency
    found = select(row).where(row.office == office, col(row.message_id).in_(names), is_theirs)
    return values(tx, tx.session.exec(found.order_by(col(row.id).desc()).limit(limit)))


def entered(
    tx: Transaction,
    limit: int = 50,
    office: str | None = None,
    status: str | None = None,
    direction: Direction = Direction.IN,
) -> tuple[Document, ...]:
    """List entered documents of one office, or of all, newest first; `status` is a code."""
    found = (
        select(tables.Document)
        .join(book_tables.Entry)
        .where(book_tables.Entry.direction == direction)
        .order_by(col(book_tables.Entry.id).desc())
        .limit(limit)
    )
    if office is not None:
        found = found.where(book_tables.Entry.office == office)
    if status is not None:
        found = found.where(tables.Document.status == status)
    return values(tx, tx.session.exec(found))


def values(tx: Transaction, rows: Iterable[tables.Document]) -> tuple[Document, ...]:
    """Read rows of documents, in their order, for the other modules of this station."""
    return tuple(document for piece in pieces(tuple(rows)) for document in _values(tx, piece))


def _values(tx: Transaction, read: tuple[tables.Document, ...]) -> tuple[Document, ...]:
    these = [row.id for row in read]
    files: dict[int, list[File]] = {}
    for file in tx.run(_FILES_OF, these=these):
        files.setdefault(file.document, []).append(codec.decode(File, file.value))
    # Both are kept under one number: the older one is found by it in the newer one's entry.
    entered_as = [row.superseded_by or row.id for row in read]
    entries = {entry.document: entry for entry in tx.run(_ENTRIES_OF, these=entered_as)}
    return tuple(
        _as_value(row, entries.get(under), tuple(files.get(row.id or 0, ())))
        for row, under in zip(read, entered_as, strict=True)
    )


def write(tx: Transaction, document: Document) -> None:
    """Write what a document says of itself now: its key, its fields, its urgency."""
    values = columns_of(document)
    said = ("agency", "agency_name", "symbol", "issued", "urgency", "reading")
    _changed(tx, document.id, **{name: values[name] for name in said})


def set_state(tx: Transaction, document: int, state: DocumentState) -> None:
    """Write where the document stands."""
    _changed(tx, document, state=state)


def assign(tx: Transaction, document: int, handler: str) -> None:
    """Write whom the document was passed on to (Điều 5.2)."""
    _changed(tx, document, handler=handler)


def _changed(tx: Transaction, document: int, **values: object) -> None:
    if not tx.run(_CHANGE, row=document, **values).rowcount:
        raise LookupError(f"no document {document}")


def supersede(tx: Transaction, old: int, new: int, cause: Cause) -> Number | None:
    """Let the signed original take over the number of what was known for reference only.

    None where the older one never had a number.
    """
    # All earlier ones too, so that each leads to the number in one step.
    tx.run(_SUPERSEDE, of=old, new=new)
    entry = entries.hand_over(tx, old, new, cause)
    return entry.number if entry else None


def void(tx: Transaction, document: int) -> None:
    """Write that the number of a document is void: of all that have it."""
    tx.run(_VOID, of=document)


def under_one_number(tx: Transaction, document: int) -> tuple[int, ...]:
    """List a document and those that it superseded, the oldest first."""
    row = tables.Document
    found = select(row.id).where((row.id == document) | (row.superseded_by == document))
    return tuple(one for one in tx.session.exec(found.order_by("id")) if one)


def acknowledge(tx: Transaction, document: int, who: str, now: datetime) -> bool:
    """Write who has the document in hand; false when somebody had it before."""
    row = _row(tx, document)
    if row.acknowledged_at is not None:
        return False
    row.acknowledged_at, row.acknowledged_by = now, who
    tx.session.add(row)
    return True


def urgent_unacknowledged(tx: Transaction, office: str) -> tuple[Document, ...]:
    """List urgent entered documents of an office that nobody has acknowledged.

    What is only held is not among them: any stranger could write "hỏa tốc" and ring every phone.
    """
    row = tables.Document
    found = select(row).where(
        text(tables.URGENT),
        col(row.urgency).in_([level for level in Urgency if level is not Urgency.NORMAL]),
        row.office == office,
        col(row.superseded_by).is_(None),
    )
    return values(tx, tx.session.exec(found.order_by("id")))


def _row(tx: Transaction, document: int) -> tables.Document:
    row = tx.session.get(tables.Document, document)
    if row is None:
        raise LookupError(f"no document {document}")
    return row


def _as_value(row: tables.Document, entry: Row[Any] | None, files: tuple[File, ...]) -> Document:
    return Document(
        id=row.id or 0,
        ledger=row.ledger or 0,
        mailbox=row.mailbox,
        office=row.office,
        key=DocumentKey(row.agency, row.symbol, row.issued),
        agency_name=row.agency_name,
        sender=row.sender,
        verdict=Verdict(row.verdict),
        state=DocumentState(row.state),
        urgency=Urgency(row.urgency),
        reading=codec.decode(Reading, row.reading),
        files=files,
        received_at=row.received_at,
        number=Number(entry.book, entry.year, entry.ordinal, entry.series) if entry else None,
        entered_at=entry.entered_at if entry else None,
        message_id=row.message_id,
        subject=row.subject,
        mic=row.mic,
        handler=row.handler,
        acknowledged_at=row.acknowledged_at,
        acknowledged_by=row.acknowledged_by,
        status=row.status,
        unit=row.unit,
        deadline=row.deadline,
        ended_at=row.ended_at,
        direction=Direction(row.direction),
        medium=Medium(row.medium),
    )
