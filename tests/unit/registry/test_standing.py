"""The digest of an entry covers what is read in the book, at any line of the journal."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from mailbridge.model.document import Document
from mailbridge.model.reading import Field, FieldName
from mailbridge.registry import books, corrections, documents, entries, standing
from mailbridge.registry.database import Database, Transaction
from tests.unit.registry.conftest import CAUSE, DEN, NOW


def _digest(tx: Transaction, line: int) -> str:
    (entry,) = entries.named(tx, "1")
    return standing.digest(tx, entry, line)


def test_what_was_revised_later_is_taken_back(
    database: Database, document: Callable[..., Document]
) -> None:
    with database.transaction() as tx:
        added = documents.add(tx, document(0))
        books.enter(tx, DEN, added, NOW.date(), NOW)
        first = _digest(tx, 9)
        before = documents.get(tx, added)
        assert before is not None
        fields = {FieldName.TYPE: Field("Công văn", "clerk", 1.0)}
        after = replace(before, reading=replace(before.reading, fields=fields))
        cause = replace(CAUSE, line=5)
        corrections.write(tx, before, after, corrections.between(before, after), cause)
        assert _digest(tx, 4) == first
        assert _digest(tx, 5) != first


def test_who_confirmed_a_value_and_who_handles_it_are_no_part_of_the_day(
    database: Database, document: Callable[..., Document]
) -> None:
    with database.transaction() as tx:
        added = documents.add(tx, document(0))
        books.enter(tx, DEN, added, NOW.date(), NOW)
        first, found = _digest(tx, 9), documents.get(tx, added)
        assert found is not None
        fields = {n: replace(f, confirmed_by="An") for n, f in found.reading.fields.items()}
        documents.write(tx, replace(found, reading=replace(found.reading, fields=fields)))
        documents.assign(tx, added, "ketoan@hungyen.gov.vn")
        assert _digest(tx, 9) == first


def test_what_has_no_canonical_form_is_a_bug() -> None:
    with pytest.raises(TypeError, match="canonical"):
        standing.canonical(object())
