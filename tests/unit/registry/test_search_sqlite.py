"""The index on SQLite: FTS5 takes our words as they are."""

import pytest

from mailbridge.model.search import words
from mailbridge.registry import search_sqlite
from mailbridge.registry.database import Database, Transaction

pytestmark = pytest.mark.usefixtures("place")


def _found(tx: Transaction, *groups: tuple[str, ...], before: int | None = None) -> list[int]:
    return list(tx.run(search_sqlite.matching(groups, before)).scalars())


@pytest.mark.parametrize("word", ["and", "or", "not", "near", "42", "ß", "łódź", "привет", "漢字"])
def test_any_word_is_found_as_itself(database: Database, word: str) -> None:
    with database.transaction() as tx:
        search_sqlite.put(tx, 7, [*words(word), "§o·x"])
        search_sqlite.put(tx, 8, ["khac"])
        assert [_found(tx, (one,)) for one in words(word)] == [[7]]
        assert _found(tx, ("§o·x",)) == [7]


def test_groups_are_all_needed_and_one_word_of_each_is_enough(database: Database) -> None:
    with database.transaction() as tx:
        for document, said in enumerate((["a", "b"], ["a"], ["b"], ["a", "c"]), start=1):
            search_sqlite.put(tx, document, said)
        assert _found(tx, ("a",), ("b", "c")) == [4, 1]
        assert _found(tx, ("a",), before=4) == [2, 1]
        search_sqlite.remove(tx, 1)
        assert _found(tx, ("a",)) == [4, 2]


def test_shredding_changes_nothing_that_is_found(database: Database) -> None:
    with database.transaction() as tx:
        search_sqlite.shred(tx)
        for document in range(1, 40):
            search_sqlite.put(tx, document, ["a"])
        search_sqlite.remove(tx, 7)
        search_sqlite.shred(tx)
        assert _found(tx, ("a",)) == [one for one in range(39, 0, -1) if one != 7]
