"""The service and its single round from the command line."""

from pathlib import Path

from structlog.testing import capture_logs

from mailbridge.cli.serving import warn
from mailbridge.registry.sqlite import SingleWriter
from mailbridge.settings.load import load
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


def test_what_cannot_be_used_is_logged_once_at_the_start(filled: Path) -> None:
    filled.with_name("mailbox.p12").unlink()
    with capture_logs() as logged:
        warn(load(filled), filled)
    (line,) = logged
    assert line["log_level"] == "warning"
    assert "mailbox[0].key.file: " in line["fault"]
