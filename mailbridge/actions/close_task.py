"""Close a task: a person says that it is done, and what he did."""

from datetime import datetime

from mailbridge.actions.house import House
from mailbridge.model.sending import TaskKind
from mailbridge.registry import journal, tasks_of_people


class CannotCloseError(Exception):
    """The task ends by itself, once what it asks for is done; the text says how."""


def close_task(house: House, task: int, who: str, why: str, now: datetime) -> bool:
    """Write it with its line in the journal; false where no such task is open."""
    with house.database.transaction() as tx:
        found = tasks_of_people.get(tx, task)
        if found is not None and found.kind is TaskKind.DESTROY and found.closed_at is None:
            # Điều 10.2: there is no ground to keep it; its destruction closes the task.
            raise CannotCloseError("hủy văn bản bằng mailbridge recall destroy")
        if found is None or not tasks_of_people.close(tx, task, who, why, now):
            return False
        data = {"by": who, "why": why, "kind": found.kind.value}
        journal.append(tx, found.office, "task-closed", f"task:{task}", data, now)
    return True
