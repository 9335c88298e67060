"""Documents with their files, names, likenesses and states."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailbridge.model.document import Document, DocumentKey, DocumentState
from mailbridge.model.evidence import Verdict
from mailbridge.model.outcome import BookName, Number
from mailbridge.model.reading import Urgency
from mailbridge.model.slot import Arrival, Fingerprint
from mailbridge.registry import books, documents, ledger, similar, tables
from mailbridge.registry.database import Database
from tests.unit.registry.conftest import CAUSE, DEN, NOW, OFFICE
from tests.unit.registry.numbered import by_number
from tests.unit.registry.plans import plans

A, B = "a" * 64, "b" * 64
Make = Callable[..., Document]


@pytest.fixture
def row(database: Database, arrival: Callable[..., Arrival]) -> int:
    with database.transaction() as tx:
        return ledger.begin(tx, arrival(), Fingerprint("f" * 64), NOW).ledger


def _add(database: Database, document: Document, state: DocumentState | None = None) -> int:
    with database.transaction() as tx:
        added = documents.add(tx, document)
        if state is DocumentState.REGISTERED:
            books.enter(tx, DEN, added, NOW.date(), NOW)
        if state is not None:
            documents.set_state(tx, added, state)
    return added


def _get(database: Database, document: int) -> Document:
    with database.reading() as tx:
        found = documents.get(tx, document)
    assert found is not None
    return found


def _similar(database: Database, key: DocumentKey, *files: str) -> list[int]:
    with database.reading() as tx:
        return [known.document for known in similar.similar(tx, OFFICE, key, frozenset(files))]


def test_a_document_comes_back_as_it_was(database: Database, document: Make, row: int) -> None:
    given_one = document(row, files=(A, B))
    added = _add(database, given_one)
    assert _get(database, added) == replace(given_one, id=added)
    with database.reading() as tx:
        assert documents.by_ledger(tx, row) == replace(given_one, id=added)
        assert documents.by_ledger(tx, 99) is None
        assert documents.get(tx, 99) is None


@pytest.mark.parametrize(
    ("name", "count"),
    [("1", 3), ("1/2026", 2), ("den:1/2026", 1), ("den:1", 2), ("2", 0), ("DEN:1", 0), ("x", 0)],
)
def test_a_name_finds_every_entry_that_it_may_mean(
    database: Database, document: Make, row: int, name: str, count: int
) -> None:
    with database.transaction() as tx:
        for book, day in (
            ("den", NOW.date()),
            ("den", NOW.date().replace(year=2027)),
            ("di", NOW.date()),
        ):
            books.enter(tx, BookName(OFFICE, book), documents.add(tx, document(row)), day, NOW)
    with database.reading() as tx:
        assert len(by_number(tx, name)) == count


@given(name=st.text(max_size=40))
def test_any_name_finds_or_finds_nothing(empty_register: Database, name: str) -> None:
    with empty_register.reading() as tx:
        assert by_number(tx, name) == ()


def test_entered_are_listed_newest_first(database: Database, document: Make, row: int) -> None:
    added = [_add(database, document(row), DocumentState.REGISTERED) for _ in range(3)]
    _add(database, document(row))
    with database.reading() as tx:
        assert [d.id for d in documents.entered(tx, limit=2)] == [added[2], added[1]]
        first = documents.entered(tx)[0]
    assert (first.number, first.entered_at) == (Number("den", 2026, 3), NOW)


def test_the_signed_original_takes_over_number_and_both_stay(
    database: Database, document: Make, row: int
) -> None:
    number = Number("den", 2026, 1)
    reference = document(row, verdict=Verdict.REFERENCE)
    old = _add(database, reference, DocumentState.REGISTERED)
    chain = [_add(database, document(row, files=(B,))) for _ in range(2)]
    for older, newer in ((old, chain[0]), (chain[0], chain[1])):
        with database.transaction() as tx:
            assert documents.supersede(tx, older, newer, CAUSE) == number
    assert [_get(database, one).number for one in (old, *chain)] == [number] * 3
    with database.reading() as tx:
        assert [d.id for d in by_number(tx, "1/2026")] == [chain[1]]
    # A late copy of the unsigned one is still known as what it is.
    assert old in _similar(database, reference.key, A)


def test_what_had_no_number_gives_none(database: Database, document: Make, row: int) -> None:
    held, new = _add(database, document(row)), _add(database, document(row))
    with database.transaction() as tx:
        assert documents.supersede(tx, held, new, CAUSE) is None


def test_the_first_acknowledgement_counts(database: Database, document: Make, row: int) -> None:
    one = _add(database, document(row), DocumentState.REGISTERED)
    with database.transaction() as tx:
        documents.assign(tx, one, "ketoan@hungyen.gov.vn")
        assert documents.acknowledge(tx, one, "An", NOW)
        assert not documents.acknowledge(tx, one, "Bình", NOW + timedelta(hours=1))
    found = _get(database, one)
    assert (found.acknowledged_by, found.acknowledged_at) == ("An", NOW)
    assert found.handler == "ketoan@hungyen.gov.vn"


def test_urgent_ones_ring_until_somebody_has_them(
    database: Database, document: Make, row: int
) -> None:
    urgent = document(row, urgency=Urgency.EXPRESS)
    one = _add(database, urgent, DocumentState.REGISTERED)
    superseded = _add(database, urgent, DocumentState.REGISTERED)
    newer = _add(database, urgent, DocumentState.REGISTERED)
    _add(database, urgent, DocumentState.HELD)
    _add(database, document(row), DocumentState.REGISTERED)
    with database.transaction() as tx:
        tx.session.connection().exec_driver_sql(
            f"UPDATE document SET superseded_by = {newer} WHERE id = {superseded}"
        )
    with database.transaction() as tx:
        assert [d.id for d in documents.urgent_unacknowledged(tx, OFFICE)] == [one, newer]
        documents.acknowledge(tx, one, "An", NOW)
        assert [d.id for d in documents.urgent_unacknowledged(tx, OFFICE)] == [newer]


def test_what_mails_of_an_agency_brought_is_found_by_their_names(
    database: Database, document: Make, row: int
) -> None:
    named = replace(document(row), message_id="<a@x.vn>")
    added = _add(database, named)
    other = replace(named, key=replace(named.key, agency="DEMO.77"), ledger=0)
    _add(database, other)
    agency = named.key.agency
    with database.reading() as tx:
        found = documents.of_mails(tx, OFFICE, agency, ("b@x.vn", "a@x.vn", "a@x.vn"), 9)
        assert [one.id for one in found] == [added]
        assert documents.of_mails(tx, "DEMO.99", agency, ("a@x.vn",), 9) == ()


def test_no_more_is_read_of_mails_than_is_asked_for(
    database: Database, document: Make, row: int
) -> None:
    _add(database, replace(document(row), message_id="a@x.vn"))
    newer = _add(database, replace(document(row), message_id="<a@x.vn>", ledger=0))
    agency = document(row).key.agency
    with database.reading() as tx:
        found = documents.of_mails(tx, OFFICE, agency, ("a@x.vn",), 1)
    assert [one.id for one in found] == [newer]


def test_a_reminder_of_fifty_mails_reads_no_other_documents(database: Database) -> None:
    with plans(database) as (tx, found):
        documents.of_mails(tx, OFFICE, "DEMO.01", [f"{n}@x.vn" for n in range(50)], 50)
    assert "ix_document_office_message_id" in found[0]
    assert "SCAN" not in found[0]


def test_more_documents_are_read_than_a_statement_has_room_for(
    database: Database, document: Make, row: int
) -> None:
    added = _add(database, document(row))
    with database.reading() as tx:
        one = tx.session.get(tables.Document, added)
        assert one is not None
        read = documents.values(tx, [one] * 70_000)
    assert len(read) == 70_000
    assert {each.id for each in read} == {added}
