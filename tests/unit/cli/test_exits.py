"""Each expected failure has its sentence and its code."""

import pytest
import typer

from mailbridge.cli.exits import AnswerIsNoError, UsageError, told
from mailbridge.model.errors import TryLaterError
from mailbridge.settings.secret import SecretError


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (AnswerIsNoError("không"), 1),
        (UsageError("sai"), 2),
        (SecretError("mất"), 2),
        (TryLaterError("khóa"), 75),
    ],
)
def test_a_failure_has_its_code_and_sentence(
    error: Exception, code: int, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(typer.Exit) as ended, told():
        raise error
    assert ended.value.exit_code == code
    assert capsys.readouterr().err.strip()


def test_a_bug_is_not_hidden() -> None:
    with pytest.raises(ZeroDivisionError), told():
        raise ZeroDivisionError
