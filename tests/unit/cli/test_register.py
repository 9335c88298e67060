"""The book, and what clerks decide about it."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.unit.cli.conftest import Run


def test_the_book_lists_what_was_entered(ask: Callable[..., Any], run: Run) -> None:
    (document,) = [d for d in ask("register", "list") if d["ledger"] == 1]
    assert document["number"] == {"book": "den", "year": 2026, "ordinal": 1, "series": ""}
    assert document["reading"]["fields"]["symbol"]["value"] == "123-CV/VPTU"
    assert "Sổ đăng ký văn bản đến" in run("register", "list").stdout


@pytest.mark.parametrize("name", ["1", "1/2026", "den:1/2026"])
def test_an_entry_is_found_by_each_of_its_names(ask: Callable[..., Any], name: str) -> None:
    assert ask("register", "show", name)["verdict"] == "legal"


def test_the_findings_are_shown_to_the_clerk(run: Run) -> None:
    shown = run("register", "show", "1").stdout
    assert "Kết quả kiểm tra văn bản điện tử" in shown


@pytest.mark.parametrize("name", ["7", "1/1999", "khong-co", "di:1/2026"])
def test_a_number_that_is_not_there_is_a_no(run: Run, name: str) -> None:
    assert run("register", "show", name).exit_code == 1


def test_what_is_registered_is_not_released_again(run: Run) -> None:
    assert run("release", "1", "--why", "x").exit_code == 1


def test_a_refusal_needs_a_ground_that_may_be_told(run: Run) -> None:
    assert run("refuse", "2", "--reason", "secrecy").exit_code == 2
    assert run("refuse", "99", "--reason", "wrong-addressee").exit_code == 1


def test_an_acknowledgement_names_who_has_it(run: Run, ask: Callable[..., Any]) -> None:
    assert run("acknowledge", "1", "--by", "Nguyễn Văn B").exit_code == 0
    assert ask("register", "show", "1")["acknowledged_by"] == "Nguyễn Văn B"
