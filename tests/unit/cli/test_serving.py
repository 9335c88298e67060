"""The service and its single round from the command line."""

from pathlib import Path

from mailbridge.registry.sqlite import SingleWriter
from tests.unit.cli.conftest import Run


def test_poll_without_a_flag_says_what_to_do(run: Run) -> None:
    assert run("poll").exit_code == 2


def test_a_second_service_is_told_to_come_later(run: Run, filled: Path) -> None:
    with SingleWriter(filled.parent / "state" / "lock"):
        assert run("poll", "--once").exit_code == 75


def test_a_server_that_is_away_is_a_no_for_one_round(run: Run) -> None:
    assert run("poll", "--once").exit_code == 1


def test_a_preview_of_a_server_that_is_away_comes_later(run: Run) -> None:
    assert run("poll", "--dry-run").exit_code == 75
