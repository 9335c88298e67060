"""The clerk follows paper, and joins other ways to a number, from the command line."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.unit.cli.conftest import Run

Ask = Callable[..., Any]


def test_paper_is_asked_for_and_followed_to_its_end(run: Run, ask: Ask) -> None:
    assert ask("paper", "list") == []
    assert run("paper", "expect", "1", "--ground", "hồ sơ nhân sự").exit_code == 0
    (track,) = ask("paper", "list")
    assert (track["state"], track["ground"], track["overdue"]) == (
        "expected",
        "hồ sơ nhân sự",
        False,
    )
    assert "Bản giấy gửi kèm" in run("paper", "list").stdout
    assert run("paper", "sent", "1", "--reference", "EA1").exit_code == 0
    assert run("paper", "received", "1", "--reference", "EA1", "--by", "A").exit_code == 0
    assert ask("paper", "list") == []
    assert run("paper", "waive", "1", "--why", "x").exit_code == 1


def test_other_ways_are_shown_with_the_document_and_in_the_book(run: Run, ask: Ask) -> None:
    given = ("--channel", "truc", "--reference", "H28-1", "--at", "2026-11-24T08:00:00")
    assert run("register", "also", "1", *given).exit_code == 0
    assert run("register", "also", "1", *given).exit_code == 1
    (way,) = ask("register", "show", "1")["also"]
    assert (way["channel"], way["reference"]) == ("truc", "H28-1")
    assert ask("register", "list")[0]["also"] == [way]
    assert "Cũng nhận qua" in run("register", "show", "1").stdout


@pytest.mark.parametrize(
    "wrong",
    [
        ("paper", "waive", "1", "--why", " "),
        ("paper", "sent", "1", "--at", "2999-01-01"),
        ("register", "also", "1", "--channel", "bo-cau"),
    ],
)
def test_what_makes_no_sense_is_a_usage_error(run: Run, wrong: tuple[str, ...]) -> None:
    assert run(*wrong).exit_code == 2


def test_a_number_without_paper_is_a_no(run: Run) -> None:
    assert run("paper", "sent", "1").exit_code == 1
    assert run("paper", "received", "99").exit_code == 1


def test_paper_that_goes_names_its_recipient(run: Run, ask: Ask) -> None:
    run("paper", "expect", "1", "--ground", "nhân sự", "--to", "DEMO.01")
    (track,) = ask("paper", "list")
    assert (track["outgoing"], track["recipient"]) == (True, "DEMO.01")
    assert "DEMO.01" in run("register", "show", "1").stdout
    assert run("paper", "sent", "1").exit_code == 1
    assert run("paper", "sent", "1", "--to", "DEMO.01", "--reference", "EA1").exit_code == 0
