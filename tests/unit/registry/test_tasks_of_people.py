"""A cause opens one task, and somebody closes it."""

from datetime import timedelta

from mailbridge.model.sending import TaskKind
from mailbridge.registry import tasks_of_people as tasks
from mailbridge.registry.database import Database
from tests.unit.registry.conftest import NOW, OFFICE

CAUSE = tasks.Cause(OFFICE, TaskKind.RETURNED, "exchange:1")


def test_a_cause_opens_one_task(database: Database) -> None:
    with database.transaction() as tx:
        tasks.open_(tx, CAUSE, "sửa, ký, gửi lại", NOW)
        tasks.open_(tx, CAUSE, "sửa, ký, gửi lại", NOW)
        assert len(tasks.undone(tx, OFFICE)) == 1
        assert tasks.undone(tx, "DEMO.99") == ()


def test_the_nearest_deadline_stands_first_and_none_last(database: Database) -> None:
    with database.transaction() as tx:
        for name, days in (("a", None), ("b", 2), ("c", 1)):
            cause = tasks.Cause(OFFICE, TaskKind.COPY, name)
            due = NOW + timedelta(days=days) if days else None
            tasks.open_(tx, cause, name, NOW, "an@hungyen.gov.vn", due)
        listed = tasks.undone(tx, OFFICE, TaskKind.COPY, "an@hungyen.gov.vn")
    assert [task.words for task in listed] == ["c", "b", "a"]


def test_a_task_is_closed_once_and_stays_closed(database: Database) -> None:
    with database.transaction() as tx:
        tasks.open_(tx, CAUSE, "sửa", NOW)
        (task,) = tasks.undone(tx, OFFICE)
        assert tasks.close(tx, task.id, "An", "đã gửi lại", NOW)
        assert not tasks.close(tx, task.id, "An", "nữa", NOW)
        tasks.open_(tx, CAUSE, "sửa", NOW)
        assert tasks.undone(tx, OFFICE) == ()
        found = tasks.get(tx, task.id)
    assert found is not None
    assert (found.closed_by, found.closed_why) == ("An", "đã gửi lại")
