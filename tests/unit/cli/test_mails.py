"""The ledger as a clerk and as a program read it."""

from collections.abc import Callable
from typing import Any

from tests.unit.cli.conftest import Run


def test_every_mail_is_listed_newest_first(ask: Callable[..., Any]) -> None:
    rows = ask("ledger")
    assert [(row["id"], row["outcome"]) for row in rows] == [
        (3, "duplicate"),
        (2, "held"),
        (1, "registered"),
    ]


def test_people_read_vietnamese(run: Run) -> None:
    shown = run("ledger").stdout
    assert "Sổ thư" in shown


def test_one_mail_is_shown_with_its_findings(ask: Callable[..., Any]) -> None:
    shown = ask("ledger", "1")
    assert shown["verdict"] == "legal"
    assert {finding["code"] for finding in shown["findings"]} >= {"seal-good", "bound"}


def test_only_what_is_held_is_listed_as_held(ask: Callable[..., Any]) -> None:
    assert [row["id"] for row in ask("held")] == [2]
    assert ask("quarantine") == []


def test_a_mail_that_is_not_there_is_a_no(run: Run) -> None:
    done = run("held", "show", "99")
    assert done.exit_code == 1
    assert "99" in done.output
