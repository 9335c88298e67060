"""mailbridge task shows what waits and takes what was done."""

import json
from pathlib import Path

from typer.testing import CliRunner, Result

from mailbridge import wiring
from mailbridge.cli.app import app
from mailbridge.cli.task import KINDS
from mailbridge.demo.agencies import OWN
from mailbridge.model.sending import TaskKind
from mailbridge.registry import tasks_of_people
from mailbridge.registry.tasks_of_people import Cause
from mailbridge.settings.load import load
from tests.unit.provenance.samples import NOW


def _run(config: Path, *arguments: str) -> Result:
    return CliRunner().invoke(app, ["task", *arguments, "--config", str(config)])


def test_every_kind_has_its_words() -> None:
    assert set(KINDS) == set(TaskKind)


def test_a_task_is_listed_and_closed(filled: Path) -> None:
    database = wiring.database(load(filled))
    with database.transaction() as tx:
        tasks_of_people.open_(tx, Cause(OWN.code, TaskKind.GAP, "x"), "thiếu số 125", NOW)
    database.close()
    assert "thiếu số 125" in _run(filled, "list").output
    (task,) = json.loads(_run(filled, "list", "--json", "--office", OWN.code).stdout)
    assert _run(filled, "close", str(task["id"]), "--why", " ").exit_code == 2
    assert _run(filled, "close", str(task["id"]), "--why", "đã hỏi").exit_code == 0
    assert _run(filled, "close", str(task["id"]), "--why", "đã hỏi").exit_code == 1
    assert "(không có)" in _run(filled, "list").output
