"""The rows of the hand-over: sets are numbered per office, and pending is what no set holds."""

from collections.abc import Callable

import pytest

from mailbridge.model.document import Document, DocumentState
from mailbridge.model.handover import Confirmation, HandoverState, document_id
from mailbridge.model.outcome import BookName
from mailbridge.model.slot import Arrival, Fingerprint
from mailbridge.registry import books, documents, handover, ledger
from mailbridge.registry.database import Database
from tests.unit.registry.conftest import NOW, OFFICE

Make = Callable[..., Document]


@pytest.fixture
def enter(database: Database, document: Make, arrival: Callable[..., Arrival]) -> Make:
    """Enter a document in the book of an office."""

    def entered(uid: int, office: str = OFFICE) -> Document:
        with database.transaction() as tx:
            row = ledger.begin(tx, arrival(uid), Fingerprint("f" * 64), NOW).ledger
            added = documents.add(tx, document(row, symbol=f"{uid}-CV/VPTU", office=office))
            books.enter(tx, BookName(office, "den"), added, NOW.date(), NOW)
            documents.set_state(tx, added, DocumentState.REGISTERED)
            found = documents.get(tx, added)
        assert found is not None
        return found

    return entered


def test_pending_is_what_is_entered_and_in_no_set(database: Database, enter: Make) -> None:
    one, two = enter(1), enter(2)
    with database.transaction() as tx:
        assert [d.id for d in handover.pending(tx, OFFICE, 10)] == [one.id, two.id]
        set_ = handover.begin(tx, OFFICE, [one], NOW)
        assert [d.id for d in handover.pending(tx, OFFICE, 10)] == [two.id]
        assert handover.members(tx, set_) == (one,)
        documents.set_state(tx, two.id, DocumentState.REFUSED)
        assert handover.pending(tx, OFFICE, 10) == ()


def test_sets_are_numbered_in_each_office(database: Database, enter: Make) -> None:
    ours, theirs = enter(1), enter(2, "DEMO.02.08")
    with database.transaction() as tx:
        first = handover.begin(tx, OFFICE, [ours], NOW)
        other = handover.begin(tx, "DEMO.02.08", [theirs], NOW)
        second = handover.begin(tx, OFFICE, [], NOW)
    assert [(s.ordinal, s.office) for s in (first, other, second)] == [
        (1, OFFICE),
        (1, "DEMO.02.08"),
        (2, OFFICE),
    ]


def test_a_set_is_unfinished_until_its_files_are_there(database: Database, enter: Make) -> None:
    one = enter(1)
    with database.transaction() as tx:
        set_ = handover.begin(tx, OFFICE, [one], NOW)
        assert handover.unfinished(tx, OFFICE) == set_
        handover.finish(tx, set_, NOW)
        assert handover.unfinished(tx, OFFICE) is None
        (row,) = handover.listed(tx, OFFICE, None, 10)
    assert row.state is HandoverState.HANDED


def test_an_answer_to_one_office_changes_nothing_of_another(
    database: Database, enter: Make
) -> None:
    one = enter(1)
    said = Confirmation(document_id(one), HandoverState.CONFIRMED, "77")
    with database.transaction() as tx:
        handover.begin(tx, OFFICE, [one], NOW)
        assert handover.answer(tx, "DEMO.02.08", said, NOW) is None
        assert handover.answer(tx, OFFICE, said, NOW) is True
        assert handover.answer(tx, OFFICE, said, NOW) is False
        stands = handover.stands(tx, OFFICE, said)
    assert stands is not None
    assert stands.number == "77"
