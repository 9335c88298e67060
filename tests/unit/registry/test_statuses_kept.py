"""The history of a document is added to and never changed; what stands is found by question."""

import sqlite3
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from mailbridge.model.document import Document, DocumentState
from mailbridge.model.slot import Arrival, Fingerprint
from mailbridge.model.status import MACHINE, StatusChange, Warned
from mailbridge.registry import books, documents, ledger, statuses
from mailbridge.registry.database import Database
from tests.unit.registry.conftest import CAUSE, DEN, NOW, OFFICE

HOUR = timedelta(hours=1)
A, B = "a@hungyen.gov.vn", "b@hungyen.gov.vn"
Enter = Callable[..., int]


@pytest.fixture
def enter(
    database: Database, arrival: Callable[..., Arrival], document: Callable[..., Document]
) -> Enter:
    """Enter a document and lead it to a status."""
    uids = iter(range(1, 100))

    def make(
        person: str = A, office: str = OFFICE, *, number: bool = True, **change: object
    ) -> int:
        with database.transaction() as tx:
            row = ledger.begin(tx, arrival(next(uids)), Fingerprint("f" * 64), NOW).ledger
            added = documents.add(tx, document(row, office=office))
            if number:
                books.enter(tx, DEN, added, NOW.date(), NOW)
            documents.set_state(tx, added, DocumentState.REGISTERED)
            statuses.stand(tx, StatusChange(added, "03", NOW, MACHINE))
            given = StatusChange(added, "04", NOW, "Văn thư", person=person, **change)  # type: ignore[arg-type]
            statuses.stand(tx, given)
        return added

    return make


def tasks(database: Database, **asked: object) -> list[int]:
    with database.reading() as tx:
        return [d.id for d in statuses.tasks(tx, **{"office": OFFICE, **asked})]  # type: ignore[arg-type]


def test_the_present_status_and_the_way_there_are_both_kept(
    database: Database, enter: Enter
) -> None:
    one = enter(unit="Phòng Tổng hợp", deadline=NOW + HOUR, opinion="Xử lý sớm")
    with database.transaction() as tx:
        statuses.stand(tx, StatusChange(one, "05", NOW + HOUR, A, note="đang làm"))
    with database.reading() as tx:
        found, history = documents.get(tx, one), statuses.history(tx, one)
    assert found is not None
    assert [change.code for change in history] == ["03", "04", "05"]
    assert (found.status, found.unit, found.handler) == ("05", "Phòng Tổng hợp", A)
    assert found.deadline == NOW + HOUR, "what is not given anew stays"
    assert history[1].opinion == "Xử lý sớm"


@pytest.mark.parametrize(
    "statement", ["UPDATE status SET code = '06'", "DELETE FROM status", "DELETE FROM document"]
)
def test_no_program_rewrites_the_history(
    database: Database, enter: Enter, place: Path, statement: str
) -> None:
    enter()
    with sqlite3.connect(place) as direct:
        direct.execute("PRAGMA foreign_keys = ON")
        with pytest.raises(sqlite3.IntegrityError):
            direct.execute(statement)
    direct.close()


def test_a_status_that_nobody_defined_is_kept_as_it_came(database: Database, enter: Enter) -> None:
    one = enter()
    with database.transaction() as tx:
        statuses.note(tx, StatusChange(one, "09", NOW, "DEMO.01"))
    with database.reading() as tx:
        found = documents.get(tx, one)
        assert statuses.history(tx, one)[-1].code == "09"
    assert found is not None
    assert found.status == "04", "a note moves nothing"


def test_tasks_are_sorted_by_deadline_and_those_without_come_last(
    database: Database, enter: Enter
) -> None:
    never, late, soon = enter(), enter(deadline=NOW + 2 * HOUR), enter(deadline=NOW + HOUR)
    assert tasks(database) == [soon, late, never]
    assert tasks(database, limit=1) == [soon]
    assert tasks(database, overdue_at=NOW + HOUR) == [], "its last moment still counts"
    assert tasks(database, overdue_at=NOW + 2 * HOUR) == [soon]


def test_tasks_are_those_of_the_person_or_the_unit_and_of_the_office(
    database: Database, enter: Enter
) -> None:
    mine, other = enter(A), enter(B, unit="Phòng Tổng hợp")
    enter(A, office="DEMO.99")
    assert tasks(database, person=A) == [mine]
    assert tasks(database, person="Phòng Tổng hợp") == [other]
    assert len(tasks(database, office=None)) == 3


def test_what_is_ended_returned_or_superseded_is_no_task(database: Database, enter: Enter) -> None:
    ended, returned, old = (enter(deadline=NOW + HOUR) for _ in range(3))
    new = enter(number=False, deadline=NOW + HOUR)
    with database.transaction() as tx:
        statuses.stand(tx, StatusChange(ended, "06", NOW, A), ends=True)
        documents.set_state(tx, returned, DocumentState.REFUSED)
        documents.supersede(tx, old, new, CAUSE)
    assert tasks(database) == [new]


def test_a_deadline_is_spoken_of_once_a_stage_and_anew_when_it_moves(
    database: Database, enter: Enter
) -> None:
    one = enter(deadline=NOW + HOUR)

    def due() -> list[int]:
        with database.reading() as tx:
            found = statuses.due(tx, OFFICE, NOW + 2 * HOUR, (Warned.NOT_YET,), 10)
            return [d.id for d in found]

    assert due() == [one]
    with database.transaction() as tx:
        statuses.say(tx, statuses.due(tx, OFFICE, NOW + 2 * HOUR, (Warned.NOT_YET,), 10), Warned.AT)
    assert due() == []
    with database.transaction() as tx:
        statuses.stand(tx, StatusChange(one, "05", NOW, A, deadline=NOW + HOUR))
    assert due() == [one]


def test_overdue_is_asked_of_an_index(database: Database, place: Path) -> None:
    with sqlite3.connect(place) as direct:
        plan = direct.execute(
            "EXPLAIN QUERY PLAN SELECT id FROM document WHERE state = 'registered' AND ended_at"
            " IS NULL AND office = 'x' AND deadline < '2026-11-24' AND warned IN ('not-yet')"
        ).fetchall()
    direct.close()
    assert "ix_document_open_deadline" in str(plan)
