"""A task is done when somebody says what he did, and once."""

import pytest

from mailbridge.actions.close_task import CannotCloseError, close_task
from mailbridge.actions.house import House
from mailbridge.demo.agencies import OWN
from mailbridge.model.sending import TaskKind
from mailbridge.registry import journal, tasks_of_people
from mailbridge.registry.tasks_of_people import Cause
from tests.unit.provenance.samples import NOW


def test_a_closed_task_stays_in_the_journal(house: House) -> None:
    with house.database.transaction() as tx:
        tasks_of_people.open_(tx, Cause(OWN.code, TaskKind.READ, "x"), "đọc", NOW)
        (task,) = tasks_of_people.undone(tx, OWN.code)
    assert close_task(house, task.id, "An", "đã đọc", NOW)
    assert not close_task(house, task.id, "An", "lần nữa", NOW)
    assert not close_task(house, 77, "An", "x", NOW)
    with house.database.reading() as tx:
        (line,) = [x for x in journal.lines(tx) if x.event == "task-closed"]
    assert (line.data["by"], line.data["kind"]) == ("An", "read")


def test_what_was_called_back_is_destroyed_and_not_ticked_off(house: House) -> None:
    with house.database.transaction() as tx:
        tasks_of_people.open_(tx, Cause(OWN.code, TaskKind.DESTROY, "recall:1"), "hủy", NOW)
        (task,) = tasks_of_people.undone(tx, OWN.code)
    with pytest.raises(CannotCloseError, match="recall destroy"):
        close_task(house, task.id, "An", "đang xử lý", NOW)
    with house.database.reading() as tx:
        assert tasks_of_people.undone(tx, OWN.code) == (task,)
