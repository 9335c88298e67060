"""Documents by the names of their entries, as tests name them."""

from mailbridge.model.document import Document
from mailbridge.model.outcome import Direction
from mailbridge.registry import documents, entries
from mailbridge.registry.database import Transaction


def by_number(tx: Transaction, name: str, office: str | None = None) -> tuple[Document, ...]:
    """Find documents by the name of their entry; more than one means that it is ambiguous.

    A bare number is looked up in the books of incoming documents first.
    """
    found = entries.named(tx, name, office, Direction.IN)
    known = (documents.get(tx, entry.document) for entry in found if entry.document is not None)
    return tuple(document for document in known if document is not None)
