"""What differs between two states of a document is written, all of it and nothing else."""

from collections.abc import Callable
from dataclasses import replace

from mailbridge.model.document import Document, DocumentKey
from mailbridge.model.reading import Field, FieldName, Reading, Urgency
from mailbridge.registry import corrections, documents, revisions
from mailbridge.registry.database import Database
from tests.unit.registry.conftest import CAUSE


def test_fields_and_key_are_changed_and_the_old_values_kept(
    database: Database, document: Callable[..., Document]
) -> None:
    with database.transaction() as tx:
        before = documents.get(tx, documents.add(tx, document(0)))
        assert before is not None
        after = replace(
            before,
            key=DocumentKey("DEMO.02", "13-CV/VPTU", before.key.date),
            urgency=Urgency.URGENT,
            reading=Reading({FieldName.TYPE: Field("Công văn", "clerk", 1.0)}, Urgency.URGENT),
        )
        changes = corrections.between(before, after)
        corrections.write(tx, before, after, changes, CAUSE)
        assert documents.get(tx, before.id) == after
        told = {r.field: (r.before, r.after) for r in revisions.history(tx, None, [before.id])}
    assert told == {
        "summary": ("V/v thử", None),
        "type": (None, "Công văn"),
        "document.agency": ("DEMO.01", "DEMO.02"),
        "document.symbol": ("12-CV/VPTU", "13-CV/VPTU"),
        "document.urgency": ("thường", "khẩn"),
    }


def test_what_is_the_same_is_no_change(document: Callable[..., Document]) -> None:
    assert corrections.between(document(0), document(0)) == ()
