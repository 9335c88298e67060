"""mailbridge incident, as a clerk uses it."""

from collections.abc import Callable
from typing import Any

from tests.unit.cli.conftest import Run


def test_an_incident_is_opened_listed_and_closed(run: Run, ask: Callable[..., Any]) -> None:
    code = ask("agency", "list")[0]["code"]
    assert run("incident", "open", "đứt cáp", "--agency", code, "--by", "An").exit_code == 0
    (one, *_) = ask("incident", "list")
    assert (one["what"], one["agency"], one["closed_at"]) == ("đứt cáp", code, None)
    number = str(one["id"])
    assert run("incident", "close", number, "--cure", "đã nối").exit_code == 0
    assert run("incident", "close", number, "--cure", "đã nối").exit_code == 1


def test_an_agency_that_nobody_knows_is_a_fault_of_usage(run: Run) -> None:
    assert run("incident", "open", "x", "--agency", "KHONG.CO").exit_code == 2
