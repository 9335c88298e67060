"""What we sent is found by every name that people give it, and nothing else is."""

from collections.abc import Callable
from dataclasses import replace

from mailbridge.model.document import Document, Medium
from mailbridge.model.outcome import Direction
from mailbridge.registry import documents, sent_documents
from mailbridge.registry.database import Database
from tests.unit.registry.conftest import NOW, OFFICE


def test_a_sent_document_is_found_by_id_and_by_what_is_printed(
    database: Database, document: Callable[..., Document]
) -> None:
    with database.transaction() as tx:
        out = replace(document(0), direction=Direction.OUT)
        sent = documents.add(tx, out)
        came = documents.add(tx, document(0, symbol="13-CV/VPTU"))
        paper = documents.add(tx, replace(out, medium=Medium.PAPER))
        sent_documents.set_out(tx, sent, "An", NOW)
        assert [one.id for one in sent_documents.by_id(tx, sent)] == [sent]
        assert [one.id for one in sent_documents.named(tx, "12-CV/VPTU", OFFICE)] == [sent]
        assert sent_documents.named(tx, "12-CV/VPTU", "DEMO.99") == ()
        assert sent_documents.by_id(tx, came) == sent_documents.by_id(tx, paper) == ()
        assert [one.id for one in sent_documents.listed(tx, OFFICE)] == [sent]
        found = documents.get(tx, sent)
    assert found is not None
    assert (found.acknowledged_by, found.ended_at) == ("An", NOW)
