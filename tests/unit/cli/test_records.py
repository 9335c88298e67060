"""Letters owed, and the journal's chain."""

from collections.abc import Callable
from typing import Any

from tests.unit.cli.conftest import Run


def test_letters_that_are_owed_are_listed(ask: Callable[..., Any], run: Run) -> None:
    assert {letter["kind"] for letter in ask("outbox")} >= {"receipt", "notice", "alert"}
    assert "Chờ gửi" in run("outbox").stdout


def test_an_unbroken_journal_says_so(run: Run, ask: Callable[..., Any]) -> None:
    assert run("journal", "verify").exit_code == 0
    assert ask("journal", "verify")["ok"] is True
