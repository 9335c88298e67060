"""Books and their closed days on the command line."""

import sqlite3
from datetime import date
from pathlib import Path

import pytest

from tests.unit.cli.desk import Run, answer, desk_of


@pytest.fixture
def desk(filled: Path, tmp_path: Path) -> Run:
    return desk_of(filled)


def _age(folder: Path) -> None:
    """Let what is in the book have come two days before this machine's today."""
    with sqlite3.connect(folder / "office" / "state" / "register.sqlite3") as direct:
        direct.execute("DROP TRIGGER entry_no_new_number")
        direct.execute("UPDATE entry SET entered_at = datetime('now', '-2 days')")
    direct.close()


def test_the_books_of_the_settings_are_listed(desk: Run) -> None:
    listed = answer(desk("book", "list", "--json"))
    assert [(one["name"], one["direction"]) for one in listed] == [("di", "out"), ("den", "in")]
    assert "nhiệm kỳ" in desk("book", "list").stdout


def test_closed_days_are_listed_and_verified(desk: Run, tmp_path: Path) -> None:
    _age(tmp_path)
    made = answer(desk("book", "close", "--json"))
    assert [one["entries"] for one in made] == [1, 0]
    assert answer(desk("book", "close", "--json")) == []
    assert answer(desk("book", "closings", "--json")) == made[::-1]
    assert made[0]["digest"][:8] in desk("book", "closings").stdout.replace("\n", "")
    assert "2 ngày" in desk("book", "verify").stdout
    assert answer(desk("book", "verify", "--day", made[0]["day"], "--json"))["ok"]


def test_what_was_changed_behind_our_back_is_named(desk: Run, tmp_path: Path) -> None:
    _age(tmp_path)
    desk("book", "close")
    with sqlite3.connect(tmp_path / "office" / "state" / "register.sqlite3") as direct:
        direct.execute("UPDATE document SET symbol = '999-CV/VPTU'")
    direct.close()
    done = desk("book", "verify")
    assert done.exit_code == 1
    assert "den:1/" in done.stderr


def test_a_day_that_is_not_closed_is_a_no(desk: Run) -> None:
    assert desk("book", "verify", "--day", date(1999, 1, 1).isoformat()).exit_code == 1
