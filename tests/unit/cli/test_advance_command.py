"""The clerk leads a document on from the command line."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.unit.cli.conftest import Run

Ask = Callable[..., Any]


def test_a_document_is_advanced_once_and_the_second_time_is_a_no(run: Run, ask: Ask) -> None:
    given = ("--person", "b@hungyen.gov.vn", "--deadline", "2999-12-01", "--opinion", "Xem ngay")
    done = run("advance", "1", "--to", "chuyen", *given, "--by", "Văn thư A")
    assert done.exit_code == 0, done.output
    assert "Đã chuyển xử lý" in done.stdout
    again = run("advance", "1", "--to", "04")
    assert again.exit_code == 1
    assert "đã ở trạng thái" in again.stderr
    shown = ask("register", "show", "1")
    assert (shown["status"], shown["handler"]) == ("04", "b@hungyen.gov.vn")
    assert shown["deadline"].startswith("2999-12-01")
    assert [change["code"] for change in shown["history"]] == ["03", "04"]
    assert "Xem ngay" in run("register", "show", "1").stdout


def test_the_book_is_filtered_by_status(run: Run, ask: Ask) -> None:
    run("advance", "1", "--to", "chuyen")
    listed = ask("register", "list", "--status", "chuyen")
    assert [document["status"] for document in listed] == ["04"]
    assert ask("register", "list", "--status", "99") == []
    assert "Trạng" in run("register", "list").stdout


@pytest.mark.parametrize(
    "wrong",
    [("--to", "tra-lai"), ("--to", "gi-do"), ("--to", "04", "--deadline", "mai")],
)
def test_what_cannot_be_meant_is_a_usage_error(run: Run, wrong: tuple[str, ...]) -> None:
    assert run("advance", "1", *wrong).exit_code == 2


def test_a_step_that_is_not_lawful_is_a_no(run: Run) -> None:
    assert run("advance", "1", "--to", "chuyen", "--person", "b@gmail.com").exit_code == 1
    assert run("advance", "77", "--to", "chuyen").exit_code == 1
