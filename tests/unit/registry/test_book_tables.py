"""The books and the journal belong to the metadata that migrations are compared with."""

from mailbridge.registry.book_tables import METADATA
from mailbridge.registry.tables import Ledger


def test_books_and_journal_are_among_the_tables_of_the_register() -> None:
    assert {"book", "entry", "journal"} <= set(METADATA.tables)
    assert METADATA is Ledger.metadata
