"""What was handed over to the operations system, and what it answered (Điều 6.4)."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import func
from sqlmodel import col, select

from mailbridge.model.document import Document, DocumentState
from mailbridge.model.handover import (
    Confirmation,
    Handover,
    HandoverSet,
    HandoverState,
    document_id,
)
from mailbridge.registry import book_tables, documents, handover_tables, tables
from mailbridge.registry.database import Transaction


def pending(tx: Transaction, office: str, limit: int) -> tuple[Document, ...]:
    """List entered documents of an office that are in no set yet, in the order of their numbers.

    What was returned to its sender or withdrawn is nobody's to handle.
    """
    found = (
        select(tables.Document.id)
        .join(book_tables.Entry, col(book_tables.Entry.document) == tables.Document.id)
        .outerjoin(
            handover_tables.Handover, col(handover_tables.Handover.document) == tables.Document.id
        )
        .where(
            book_tables.Entry.office == office,
            tables.Document.state == DocumentState.REGISTERED,
            col(handover_tables.Handover.document).is_(None),
        )
        .order_by(col(book_tables.Entry.id))
        .limit(limit)
    )
    return _documents(tx, tx.session.exec(found).all())


def unfinished(tx: Transaction, office: str) -> HandoverSet | None:
    """Find the set that was begun and whose files may not be there."""
    found = select(handover_tables.HandoverSet).where(
        handover_tables.HandoverSet.office == office,
        col(handover_tables.HandoverSet.finished_at).is_(None),
    )
    row = tx.session.exec(found.order_by("ordinal")).first()
    return _set(row) if row else None


def set_of(tx: Transaction, office: str, ordinal: int) -> HandoverSet | None:
    """Find one set."""
    row = tx.session.get(handover_tables.HandoverSet, (office, ordinal))
    return _set(row) if row else None


def begin(
    tx: Transaction, office: str, members: Iterable[Document], now: datetime
) -> HandoverSet:  # fmt: skip
    """Write down a set before any file of it is written."""
    largest = select(func.max(handover_tables.HandoverSet.ordinal)).where(
        handover_tables.HandoverSet.office == office
    )
    ordinal = (tx.session.exec(largest).first() or 0) + 1
    tx.session.add(handover_tables.HandoverSet(office=office, ordinal=ordinal, made_at=now))
    for document in members:
        row = handover_tables.Handover(
            document=document.id,
            office=office,
            ordinal=ordinal,
            document_id=document_id(document),
            state=HandoverState.PENDING,
        )
        tx.session.add(row)
    tx.session.flush()
    return HandoverSet(office, ordinal, now)


def members(tx: Transaction, set_: HandoverSet) -> tuple[Document, ...]:
    """List the documents of a set, in the order of their numbers, but for what was called back."""
    found = (
        select(handover_tables.Handover.document)
        .join(
            book_tables.Entry,
            col(book_tables.Entry.document) == handover_tables.Handover.document,
        )
        .join(tables.Document, col(tables.Document.id) == handover_tables.Handover.document)
        .where(
            handover_tables.Handover.office == set_.office,
            handover_tables.Handover.ordinal == set_.ordinal,
            # Điều 10.2: its content is withheld, or gone.
            col(tables.Document.state).not_in((DocumentState.WITHHELD, DocumentState.DESTROYED)),
        )
        .order_by(col(book_tables.Entry.id))
    )
    return _documents(tx, tx.session.exec(found).all())


def finish(tx: Transaction, set_: HandoverSet, now: datetime) -> None:
    """Write that the files of a set are there."""
    row = tx.session.get(handover_tables.HandoverSet, (set_.office, set_.ordinal))
    if row is None:
        raise LookupError(f"no set {set_.name}")
    row.finished_at = row.finished_at or now
    tx.session.add(row)
    written = {document.id for document in members(tx, set_)}
    for each in _rows(tx, set_):
        if each.state is HandoverState.PENDING and each.document in written:
            each.state = HandoverState.HANDED
            tx.session.add(each)


def of_document(tx: Transaction, document: int) -> Handover | None:
    """Tell whether and how a document was handed over."""
    row = tx.session.get(handover_tables.Handover, document)
    return _value(tx, row) if row else None


def answer(tx: Transaction, office: str, said: Confirmation, now: datetime) -> bool | None:
    """Write what was answered: true if it is news, false if it was known; None of no document.

    A number that was confirmed stands: a later refusal or another number is for a person.
    """
    found = select(handover_tables.Handover).where(
        handover_tables.Handover.office == office,
        handover_tables.Handover.document_id == said.document_id,
    )
    row = tx.session.exec(found.order_by(col(handover_tables.Handover.document).desc())).first()
    if row is None:
        return None
    if (row.state, row.number) == (said.state, said.number) or row.state is HandoverState.CONFIRMED:
        return False
    row.state, row.number, row.day = said.state, said.number, said.day
    row.words, row.answered_at = said.words, now
    tx.session.add(row)
    tx.session.flush()
    return True


def stands(tx: Transaction, office: str, said: Confirmation) -> Handover | None:
    """Tell how the document of that answer stands."""
    found = select(handover_tables.Handover).where(
        handover_tables.Handover.office == office,
        handover_tables.Handover.document_id == said.document_id,
    )
    row = tx.session.exec(found.order_by(col(handover_tables.Handover.document).desc())).first()
    return _value(tx, row) if row else None


def listed(
    tx: Transaction, office: str, state: HandoverState | None, limit: int
) -> tuple[Handover, ...]:
    """List what was handed over, newest first; of one state, or all."""
    found = (
        select(handover_tables.Handover)
        .where(handover_tables.Handover.office == office)
        .order_by(col(handover_tables.Handover.document).desc())
        .limit(limit)
    )
    if state is not None:
        found = found.where(handover_tables.Handover.state == state)
    return tuple(_value(tx, row) for row in tx.session.exec(found).all())


def _rows(tx: Transaction, set_: HandoverSet) -> list[handover_tables.Handover]:
    found = select(handover_tables.Handover).where(
        handover_tables.Handover.office == set_.office,
        handover_tables.Handover.ordinal == set_.ordinal,
    )
    return list(tx.session.exec(found))


def _documents(tx: Transaction, ids: Iterable[int | None]) -> tuple[Document, ...]:
    found = (documents.get(tx, one) for one in ids if one is not None)
    return tuple(document for document in found if document is not None)


def _set(row: handover_tables.HandoverSet) -> HandoverSet:
    return HandoverSet(row.office, row.ordinal, row.made_at, row.finished_at)


def _value(tx: Transaction, row: handover_tables.Handover) -> Handover:
    document = documents.get(tx, row.document)
    if document is None:
        raise LookupError(f"no document {row.document}")
    return Handover(
        document=document,
        state=HandoverState(row.state),
        set_=set_of(tx, row.office, row.ordinal),
        number=row.number,
        day=row.day,
        words=row.words,
        answered_at=row.answered_at,
    )
