"""A document is called back from the command line, and its reach is shown."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.unit.cli.conftest import Run, copied

Ask = Callable[..., Any]


@pytest.fixture
def filled(filled: Path, tmp_path: Path) -> Path:
    return copied(filled, tmp_path)


def test_what_was_never_sent_cannot_be_called_back(run: Run) -> None:
    added = run("register", "add", "--out", "--summary", "Về việc thử", "--type", "Công văn")
    assert added.exit_code == 0, added.output
    done = run("recall", "1", "--reason", "nhầm")
    assert done.exit_code == 1
    assert "chưa gửi" in done.stderr
    assert run("recall", "--reason", "nhầm", "77").exit_code == 1


def test_a_recall_without_a_reason_is_a_usage_error(run: Run) -> None:
    assert run("recall", "1").exit_code == 2
    assert run("recall", "1", "--reason", "x", "--unknown").exit_code == 2


def test_the_commands_of_the_group_are_found(run: Run) -> None:
    shown = run("recall", "status", "77")
    assert shown.exit_code == 1
    assert "77" in shown.stderr
