"""What is to be handled is listed with its handler and its deadline."""

from collections.abc import Callable
from typing import Any

from tests.unit.cli.conftest import Run


def test_tasks_are_those_of_the_person_that_is_asked_for(run: Run, ask: Callable[..., Any]) -> None:
    run("advance", "1", "--to", "dang-xu-ly", "--person", "c@hungyen.gov.vn")
    mine = ask("tasks", "--person", "c@hungyen.gov.vn")
    assert [document["number"]["ordinal"] for document in mine] == [1]
    assert ask("tasks", "--person", "d@hungyen.gov.vn") == []
    assert ask("tasks", "--person", "C@HungYen.gov.vn") == mine
    assert ask("tasks", "--office", "demo.02.07") == mine
    assert run("tasks", "--office", "DEMO.99").exit_code == 2
    assert ask("tasks", "--overdue") == []
    assert "Văn bản đang xử lý" in run("tasks").stdout
