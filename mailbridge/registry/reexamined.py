"""What another examination changes in the rows of a mail; its evidence is added, never changed."""

from dataclasses import replace
from datetime import datetime

from sqlalchemy import delete
from sqlmodel import col

from mailbridge.model import codec
from mailbridge.model.document import Document, DocumentState
from mailbridge.model.outcome import Held, Impounded, OutcomeName
from mailbridge.model.reading import FieldName, Reading, renewed
from mailbridge.registry import documents, search_index, tables
from mailbridge.registry.database import Transaction
from mailbridge.registry.ledger_rows import row_of
from mailbridge.registry.outcomes import columns_of


def rewrite(tx: Transaction, document: Document) -> Document:
    """Write a held document as it was found now: behind an opened lock lies another one.

    What a person confirmed stays; gives the document as it was written.
    """
    row = tx.session.get(tables.Document, document.id)
    if row is None or row.state is not DocumentState.HELD:
        raise LookupError(f"no held document {document.id}")
    document = _renewed(codec.decode(Reading, row.reading), document)
    _write(tx, row, document)
    return document


def _write(tx: Transaction, row: tables.Document, document: Document) -> None:
    for name, value in documents.columns_of(document).items():
        setattr(row, name, value)
    tx.session.add(row)
    _forget_files(tx, document.id)
    documents.add_files(tx, document.id, document.files)


def _renewed(old: Reading, document: Document) -> Document:
    """Keep the confirmed fields of the older reading, and the key that they make."""
    is_confirmed = any(one.confirmed_by for one in old.fields.values())
    if document.state is DocumentState.REFUSED or not is_confirmed:
        # Of what is impounded nothing stays, confirmed or not (Điều 5.1).
        return document
    reading = renewed(old, document.reading)
    symbol, date = reading.value(FieldName.SYMBOL), reading.value(FieldName.DATE)
    key = replace(document.key, symbol=symbol, date=date)
    return replace(document, reading=reading, key=key, urgency=reading.urgency)


def hold(tx: Transaction, ledger: int, held: Held) -> None:
    """Write why a mail is still held."""
    row = row_of(tx, ledger)
    for name, value in columns_of(held).items():
        setattr(row, name, value)
    tx.session.add(row)


def reopen(tx: Transaction, ledger: int) -> None:
    """Take the outcome of a quarantined mail back: it is settled in the same transaction."""
    row = row_of(tx, ledger)
    if row.outcome is not OutcomeName.QUARANTINED:
        raise ValueError(f"ledger row {ledger} is not quarantined")
    row.outcome, row.settled_at, row.reason, row.detail = None, None, None, ""
    row.filed_at = None
    tx.session.add(row)
    tx.session.flush()


def impound(
    tx: Transaction, ledger: int, document: Document | None, outcome: Impounded, now: datetime
) -> None:
    """Keep of a mail that bears a mark of secrecy after all no more than of any such (Điều 5.1).

    A number that was given stays given; its line in the book is empty.
    """
    found = tx.session.get(tables.Document, document.id) if document else None
    if found is not None and document is not None:
        _write(tx, found, _emptied(document))
        search_index.close(tx, document.id)
    row = row_of(tx, ledger)
    for name, value in columns_of(outcome).items():
        setattr(row, name, value)
    row.subject, row.message_id, row.decided_at, row.filed_at = "", None, now, None
    row.settled_at, row.is_open = row.settled_at or now, False
    row.reason, row.refusal, row.lane = None, None, None
    tx.session.add(row)


def _emptied(document: Document) -> Document:
    """Leave sender and times; what was returned or impounded is never released."""
    return replace(
        document,
        key=replace(document.key, symbol=None, date=None),
        reading=Reading(),
        files=(),
        subject="",
        message_id=None,
        state=DocumentState.REFUSED if document.number is None else document.state,
    )


def _forget_files(tx: Transaction, document: int) -> None:
    tx.session.exec(delete(tables.File).where(col(tables.File.document) == document))
    tx.session.flush()
