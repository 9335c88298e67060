"""Corrections of documents: what differs between two states, and the writing of the new one."""

from mailbridge.model.document import Document
from mailbridge.registry import documents, revisions, search_index, standing
from mailbridge.registry.database import Transaction
from mailbridge.registry.revisions import Cause, Change


def between(before: Document, after: Document) -> tuple[Change, ...]:
    """List what differs between two states of a document: its fields, and what its key is."""
    fields = dict.fromkeys((*before.reading.fields, *after.reading.fields))
    changes = [
        Change(name, before.reading.value(name), after.reading.value(name)) for name in fields
    ]
    old, new = documents.columns_of(before), documents.columns_of(after)
    changes += [Change(standing.COLUMN + name, old[name], new[name]) for name in standing.COLUMNS]
    return tuple(change for change in changes if change.before != change.after)


def write(
    tx: Transaction, before: Document, after: Document, changes: tuple[Change, ...], cause: Cause
) -> None:
    """Write the new state of a document, and each change with the value that stood before."""
    documents.write(tx, after)
    search_index.index(tx, after)
    for change in changes:
        revisions.of_document(tx, before, change, cause)
