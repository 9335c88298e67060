"""A change leaves the value that stood before."""

from collections.abc import Callable

import pytest
from sqlalchemy.exc import IntegrityError

from mailbridge.model.document import Document
from mailbridge.registry import books, documents, entries, revisions
from mailbridge.registry.database import Database
from mailbridge.registry.revisions import Cause, Change
from tests.unit.registry.conftest import CAUSE, DEN, NOW

Make = Callable[..., Document]


def test_changes_of_a_number_and_of_its_document_are_one_history(
    database: Database, document: Make
) -> None:
    with database.transaction() as tx:
        added = documents.add(tx, document(0))
        books.enter(tx, DEN, added, NOW.date(), NOW)
        (entry,) = entries.named(tx, "1")
        found = documents.get(tx, added)
        assert found is not None
        revisions.of_document(tx, found, Change("summary", "cũ", "mới"), CAUSE)
        revisions.of_entry(tx, entry, Change("void", None, "yes"), CAUSE)
        told = revisions.history(tx, entry.id, [added])
        assert revisions.history(tx, None, []) == ()
    assert [(r.field, r.before, r.after, r.why, r.by) for r in told] == [
        ("summary", "cũ", "mới", "gõ nhầm", "An"),
        ("void", None, "yes", "gõ nhầm", "An"),
    ]


@pytest.mark.parametrize("cause", [Cause("", "An", 1, NOW), Cause("x", "", 1, NOW)])
def test_a_change_without_reason_or_name_is_refused(
    database: Database, document: Make, cause: Cause
) -> None:
    with database.transaction() as tx:
        found = documents.get(tx, documents.add(tx, document(0)))
        assert found is not None
        with pytest.raises(IntegrityError):
            revisions.of_document(tx, found, Change("summary", "cũ", "mới"), cause)
