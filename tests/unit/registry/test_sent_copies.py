"""One copy of a document goes to the Sent folder, however many it is sent to."""

from collections.abc import Callable
from dataclasses import replace

from mailbridge.model.document import Document
from mailbridge.model.letter import LetterKind
from mailbridge.registry import documents, outbox, sent_copies
from mailbridge.registry.database import Database
from tests.unit.letters import sent
from tests.unit.registry.conftest import NOW


def test_a_document_for_many_owes_one_copy(
    database: Database, document: Callable[..., Document]
) -> None:
    with database.transaction() as tx:
        of = documents.add(tx, document(0))
        first = sent.letter(LetterKind.DOCUMENT, document=of)
        second = replace(first, id="mb." + "b" * 52)
        for letter in (first, second):
            outbox.owe(tx, letter)
            sent_copies.owe(tx, letter, NOW)
        owed = sent_copies.owed(tx, "vanthu")
        assert [letter.id for letter in owed] == [first.id]
        sent_copies.done(tx, (first.id,), NOW)
        sent_copies.owe(tx, second, NOW)
        assert sent_copies.owed(tx, "vanthu") == ()


def test_what_belongs_to_no_document_owes_none(database: Database) -> None:
    with database.transaction() as tx:
        sent_copies.owe(tx, sent.letter(LetterKind.ANSWER), NOW)
        assert sent_copies.owed(tx, "vanthu") == ()
