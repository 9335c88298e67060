"""What may be the same document: of one office, by key or by files."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from mailbridge.model.document import Document, DocumentKey, DocumentState
from mailbridge.model.slot import Arrival, Fingerprint
from mailbridge.registry import documents, ledger, similar
from mailbridge.registry.database import Database
from tests.unit.registry.conftest import NOW, OFFICE

A, B = "a" * 64, "b" * 64
Make = Callable[..., Document]


@pytest.fixture
def row(database: Database, arrival: Callable[..., Arrival]) -> int:
    with database.transaction() as tx:
        return ledger.begin(tx, arrival(), Fingerprint("f" * 64), NOW).ledger


def _add(database: Database, document: Document, state: DocumentState | None = None) -> int:
    with database.transaction() as tx:
        added = documents.add(tx, document)
        if state is not None:
            documents.set_state(tx, added, state)
    return added


def _similar(database: Database, key: DocumentKey, *files: str) -> list[int]:
    with database.reading() as tx:
        return [known.document for known in similar.similar(tx, OFFICE, key, frozenset(files))]


def test_similar_are_of_the_same_agency_number_and_date(
    database: Database, document: Make, row: int
) -> None:
    one = _add(database, document(row))
    two = _add(database, document(row, files=(B,)))
    for other in (
        document(row, agency="DEMO.02"),
        document(row, symbol="13-CV/VPTU"),
        document(row, date="2026-11-22"),
    ):
        _add(database, other)
    assert _similar(database, document(row).key, A) == [one, two]


def test_an_unread_key_is_compared_by_all_files(
    database: Database, document: Make, row: int
) -> None:
    both = _add(database, document(row, files=(A, B)))
    _add(database, document(row, files=(A,)))
    _add(database, document(row, agency="DEMO.02", files=(A, B)))
    assert _similar(database, DocumentKey("DEMO.01", None, None), B, A) == [both]


def test_strangers_share_nothing(database: Database, document: Make, row: int) -> None:
    _add(database, document(row, agency=""))
    assert _similar(database, document(row, agency="").key, A) == []


def test_what_was_returned_stands_in_the_way_of_itself_alone(
    database: Database, document: Make, row: int
) -> None:
    returned = _add(database, document(row), DocumentState.REFUSED)
    assert _similar(database, document(row).key, B) == []
    assert _similar(database, document(row).key, A) == [returned]


def test_a_number_of_the_same_year_repeats_under_another_date(
    database: Database, document: Make, row: int
) -> None:
    one = _add(database, document(row, date="2026-01-01"))
    for other in (
        document(row),
        document(row, date="2025-11-23"),
        document(row, date="2026-02-01", agency="DEMO.02"),
        document(row, date="2026-02-01", office="DEMO.02.08"),
    ):
        _add(database, other)
    _add(database, document(row, date="2026-03-01"), DocumentState.REFUSED)
    key = document(row).key
    with database.reading() as tx:
        assert similar.repeated(tx, OFFICE, key) == (one,)
        assert similar.repeated(tx, OFFICE, replace(key, date=None)) == ()
        assert similar.repeated(tx, OFFICE, replace(key, agency="")) == ()


def test_the_same_document_of_another_office_is_another(
    database: Database, document: Make, row: int
) -> None:
    _add(database, document(row, office="DEMO.02.08"))
    assert _similar(database, document(row).key, A) == []
