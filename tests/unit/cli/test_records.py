"""Letters owed, and the journal's chain."""

from collections.abc import Callable
from typing import Any

from mailbridge.cli.words import LETTER_KINDS
from mailbridge.model.letter import LetterKind
from tests.unit.cli.conftest import Run


def test_letters_that_are_owed_are_listed(ask: Callable[..., Any], run: Run) -> None:
    assert {letter["kind"] for letter in ask("outbox")} >= {"receipt", "notice", "alert"}
    shown = run("outbox").stdout
    assert "Chờ gửi" in shown
    assert "Giấy báo" in shown
    assert "receipt" not in shown
    assert set(LETTER_KINDS) == set(LetterKind)


def test_an_unbroken_journal_says_so(run: Run, ask: Callable[..., Any]) -> None:
    assert run("journal", "verify").exit_code == 0
    assert ask("journal", "verify")["ok"] is True
