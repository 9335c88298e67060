"""What replaces what is told from both sides."""

from collections.abc import Callable

from mailbridge.model.document import Document
from mailbridge.registry import documents, replacements
from mailbridge.registry.database import Database
from mailbridge.registry.replacements import Replacement
from tests.unit.registry.conftest import NOW


def test_a_replacement_is_found_from_both_of_its_documents(
    database: Database, document: Callable[..., Document]
) -> None:
    with database.transaction() as tx:
        old = documents.add(tx, document(0))
        new = documents.add(tx, document(0, symbol="13-CV/VPTU"))
        made = Replacement(new, old, NOW, "An", "sai căn cứ")
        replacements.add(tx, made)
        assert replacements.of_document(tx, old) == replacements.of_document(tx, new) == (made,)
