"""Papers that must come are found until they are there; each is asked for once."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from mailbridge.model.document import Document
from mailbridge.model.paper import PaperState, PaperTrack
from mailbridge.model.slot import Arrival, Fingerprint
from mailbridge.registry import documents, ledger, paper_tracker
from mailbridge.registry.database import Database
from tests.unit.registry.conftest import CAUSE, NOW, OFFICE

DAY = timedelta(days=1)


@pytest.fixture
def track(
    database: Database, arrival: Callable[..., Arrival], document: Callable[..., Document]
) -> Callable[..., PaperTrack]:
    uids = iter(range(1, 100))

    def make(days: int = 10, **change: object) -> PaperTrack:
        with database.transaction() as tx:
            row = ledger.begin(tx, arrival(next(uids)), Fingerprint("f" * 64), NOW).ledger
            added = documents.add(tx, document(row))
            made = PaperTrack(
                0, OFFICE, added, False, "", "8.1-TCBM", "nhân sự", PaperState.EXPECTED, NOW,
                NOW + days * DAY, by="mailbridge",
            )  # fmt: skip
            made = replace(made, **change)  # type: ignore[arg-type]
            assert paper_tracker.expect(tx, made)
            return replace(made, id=paper_tracker.of_document(tx, made.document)[-1].id)

    return make


def standing(database: Database, **asked: object) -> list[int]:
    with database.reading() as tx:
        found = paper_tracker.standing(tx, **{"office": OFFICE, **asked})  # type: ignore[arg-type]
        return [one.id for one in found]


def test_a_track_comes_back_as_it_was(database: Database, track: Callable[..., PaperTrack]) -> None:
    made = track()
    with database.reading() as tx:
        assert paper_tracker.of_document(tx, made.document) == (made,)


def test_one_paper_is_asked_for_once_a_recipient(
    database: Database, track: Callable[..., PaperTrack]
) -> None:
    made = track()
    with database.transaction() as tx:
        assert not paper_tracker.expect(tx, made)
        assert paper_tracker.expect(tx, replace(made, outgoing=True, recipient="DEMO.01"))
        assert paper_tracker.expect(tx, replace(made, outgoing=True, recipient="DEMO.02"))
        assert len(paper_tracker.of_document(tx, made.document)) == 3


def test_what_is_overdue_is_asked_of_the_time(
    database: Database, track: Callable[..., PaperTrack]
) -> None:
    late, soon = track(3), track(1)
    track(1, office="DEMO.99")
    assert standing(database) == [soon.id, late.id]
    assert standing(database, overdue_at=NOW + 2 * DAY) == [soon.id]
    assert standing(database, overdue_at=NOW + DAY) == [], "its last moment still counts"
    assert len(standing(database, office=None)) == 3
    for state in (PaperState.RECEIVED, PaperState.WAIVED):
        with database.transaction() as tx:
            paper_tracker.change(tx, replace(soon, state=state, changed_at=NOW, by="A"))
        assert standing(database) == [late.id]
    with database.transaction() as tx:
        paper_tracker.change(tx, replace(late, state=PaperState.SENT, changed_at=NOW, by="A"))
    assert standing(database) == [late.id], "what is with the post is not there yet"


def test_a_paper_that_is_not_there_cannot_change(database: Database) -> None:
    lost = PaperTrack(9, OFFICE, 1, False, "", "", "", PaperState.SENT, NOW, NOW)
    with database.transaction() as tx, pytest.raises(LookupError):
        paper_tracker.change(tx, lost)


def test_the_paper_of_a_superseded_document_is_found_under_the_newer_one(
    database: Database, track: Callable[..., PaperTrack]
) -> None:
    old, new = track(), track()
    with database.transaction() as tx:
        documents.supersede(tx, old.document, new.document, CAUSE)
        found = paper_tracker.of_document(tx, new.document)
    assert {one.id for one in found} == {old.id, new.id}
