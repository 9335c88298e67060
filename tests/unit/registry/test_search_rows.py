"""Where filters turn nearly all away, they lead to what they let through, and to nothing else."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from mailbridge.model.document import Document, DocumentState
from mailbridge.model.search import Filters, Question
from mailbridge.model.slot import Arrival, Fingerprint
from mailbridge.registry import books, documents, ledger, search_index, search_rows
from mailbridge.registry.database import Database
from mailbridge.registry.search import find
from tests.unit.registry.conftest import DEN, NOW, OFFICE

# More than are looked at before the filters lead.
MANY = 400


@pytest.fixture
def filled(
    database: Database, document: Callable[..., Document], arrival: Callable[..., Arrival]
) -> Database:
    """Give a register of many of which few were passed on, returned, or of the year before."""
    with database.transaction() as tx:
        row = ledger.begin(tx, arrival(), Fingerprint("f" * 64), NOW).ledger
        for number in range(1, MANY + 1):
            subject = "chung riêng" if number % 3 == 0 else "chung"
            one = replace(document(row, files=()), subject=subject)
            one = replace(one, id=documents.add(tx, one))
            year = 2025 if number <= 6 else 2026
            books.enter(tx, DEN, one.id, NOW.date().replace(year=year), NOW)
            refused = number in {3, 5}
            state = DocumentState.REFUSED if refused else DocumentState.REGISTERED
            documents.set_state(tx, one.id, state)
            if number in {2, 9}:
                documents.assign(tx, one.id, "a@x.vn")
            search_index.index(tx, one)
    return database


@pytest.mark.parametrize(
    ("filters", "all_", "few"),
    [
        (Filters(year=2025), [6, 5, 4, 3, 2, 1], [6, 3]),
        (Filters(year=2025, ordinals=(2, 5)), [5, 4, 3, 2], [3]),
        (Filters(year=2025, handler="a@x.vn"), [2], []),
        (Filters(handler="a@x.vn"), [9, 2], [9]),
        (Filters(state=frozenset({DocumentState.REFUSED})), [5, 3], [3]),
        (Filters(status=frozenset({"15"})), [], []),
    ],
)
def test_few_of_many_are_found_in_their_order(
    filled: Database, filters: Filters, all_: list[int], few: list[int]
) -> None:
    for typed, expected in (("", all_), ("chung", all_), ("riêng chung", few), ("không", [])):
        with filled.reading() as tx:
            hits = find(tx, Question(OFFICE, typed, filters)).hits
        assert [hit.document.id for hit in hits] == expected, typed


def test_pages_hold_where_the_filters_lead(filled: Database) -> None:
    seen: list[int] = []
    after: str | None = None
    for _ in range(3):
        with filled.reading() as tx:
            page = find(tx, Question(OFFICE, "chung", Filters(year=2025), 2, after))
        seen += [hit.document.id for hit in page.hits]
        after = page.after
    assert (seen, after) == ([6, 5, 4, 3, 2, 1], None)


def test_what_most_have_leads_nowhere() -> None:
    assert search_rows.rows(OFFICE, Filters(agency="A")) is None
    usual: dict[str, Any] = {"state": frozenset(DocumentState)}
    assert search_rows.rows(OFFICE, Filters(**usual)) is None
