"""The index: kept with its document, rebuilt from what is stored, and gone when it must be."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from mailbridge.model.document import Document
from mailbridge.model.outcome import Impounded
from mailbridge.model.search import TEXT, Question
from mailbridge.model.slot import Arrival, Fingerprint
from mailbridge.registry import documents, ledger, reexamined, search_index
from mailbridge.registry.database import Database, Transaction
from mailbridge.registry.search import find
from tests.unit.registry.conftest import NOW, OFFICE

Make = Callable[..., Document]
# A word that stands in no table by chance.
RARE = "qxzvbnh"


@pytest.fixture
def row(database: Database, arrival: Callable[..., Arrival]) -> int:
    with database.transaction() as tx:
        return ledger.begin(tx, arrival(), Fingerprint("f" * 64), NOW).ledger


def _add(database: Database, document: Document, text: str | None = None) -> Document:
    with database.transaction() as tx:
        document = replace(document, id=documents.add(tx, document))
        if text is not None:
            search_index.index(tx, document, text)
    return document


def _found(database: Database, words: str) -> list[int]:
    with database.reading() as tx:
        return [hit.document.id for hit in find(tx, Question(OFFICE, words)).hits]


def _octets(database: Database, place: Path) -> bytes:
    database.fold()
    return b"".join(path.read_bytes() for path in place.parent.glob(f"{place.name}*"))


def test_a_correction_is_found_and_what_it_replaced_is_not(
    database: Database, document: Make, row: int
) -> None:
    one = _add(database, replace(document(row), subject="lụt"), "toàn văn")
    with database.transaction() as tx:
        search_index.index(tx, replace(one, subject="bão"))
    assert (_found(database, "lut"), _found(database, "bao")) == ([], [one.id])
    # What was not given anew stays.
    assert _found(database, "bao toan van") == [one.id]


def test_what_is_rolled_back_was_never_indexed(
    database: Database, document: Make, row: int
) -> None:
    one = _add(database, document(row), "đầu")

    def fail(tx: Transaction) -> None:
        search_index.index(tx, one, "sau")
        raise RuntimeError

    with pytest.raises(RuntimeError), database.transaction() as tx:
        fail(tx)
    assert (_found(database, "sau"), _found(database, "dau")) == ([], [one.id])


def test_of_a_long_text_the_beginning_is_kept(database: Database, document: Make, row: int) -> None:
    text = f"{RARE} " + "x" * TEXT + " cuối"
    one = _add(database, document(row), text)
    assert (_found(database, RARE), _found(database, "cuoi")) == ([one.id], [])
    with database.reading() as tx:
        assert len(search_index.sources(tx, [one])[0].text) == TEXT


def test_what_was_closed_is_found_no_more_and_never_indexed_again(
    database: Database, document: Make, row: int
) -> None:
    one = _add(database, document(row), RARE)
    with database.transaction() as tx:
        search_index.close(tx, one.id)
        search_index.index(tx, one, RARE)
    assert (_found(database, RARE), _found(database, "")) == ([], [])
    assert _found(database, "12-CV/VPTU") == []


@pytest.mark.parametrize("others", [0, 3, 300])
def test_of_what_was_closed_no_octet_is_left(
    database: Database, document: Make, row: int, place: Path, others: int
) -> None:
    for n in range(others):
        _add(database, document(row), f"từ {n} chung")
    one = _add(database, document(row), f"{RARE} chung")
    for n in range(others):
        _add(database, document(row), f"từ {n} chung")
    assert RARE.encode() in _octets(database, place)
    with database.transaction() as tx:
        search_index.close(tx, one.id)
    assert RARE.encode() not in _octets(database, place)
    assert len(_found(database, "chung")) == min(2 * others, 50)


def test_a_mark_of_secrecy_that_is_found_later_closes(
    database: Database, document: Make, row: int, place: Path
) -> None:
    one = replace(document(row, files=()), subject=f"mật {RARE}")
    one = _add(database, one, RARE)
    with database.transaction() as tx:
        ledger.settle(tx, row, Impounded("MẬT"), NOW, kind=None, mail=None)
        reexamined.impound(tx, one.ledger or 0, one, Impounded("MẬT"), NOW)
    assert _found(database, RARE) == []
    assert RARE.encode() not in _octets(database, place)


def test_documents_of_an_older_register_are_indexed(
    database: Database, document: Make, row: int
) -> None:
    added = [_add(database, replace(document(row), subject=f"thứ {n}")).id for n in range(3)]
    assert _found(database, "thu") == []
    with database.transaction() as tx:
        assert search_index.fill(tx) == 3
        assert search_index.fill(tx) == 0
    assert _found(database, "thu") == added[::-1]


def test_filling_leaves_out_what_is_impounded(database: Database, document: Make, row: int) -> None:
    _add(database, document(row))
    with database.transaction() as tx:
        ledger.settle(tx, row, Impounded("MẬT"), NOW, kind=None, mail=None)
        assert search_index.fill(tx) == 1
        assert search_index.fill(tx) == 0
    assert _found(database, "") == []


def test_rebuilding_indexes_all_and_keeps_texts(
    database: Database, document: Make, row: int
) -> None:
    one, two = _add(database, document(row), RARE), _add(database, document(row), "hai")
    with database.transaction() as tx:
        search_index.of_engine(tx).remove(tx, one.id)
        search_index.close(tx, two.id)
    assert _found(database, RARE) == []
    last: int | None = 0
    while last is not None:
        with database.transaction() as tx:
            last = search_index.rebuild(tx, last)
    assert _found(database, RARE) == [one.id]
    assert _found(database, "") == [one.id]
