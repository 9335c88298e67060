"""mailbridge exchange: what a person decides, and what he cannot."""

from io import StringIO
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from mailbridge.cli import named
from mailbridge.cli.app import app
from mailbridge.cli.exits import AnswerIsNoError
from tests.unit.actions.drafts import SENDER


def _run(office: Path, *arguments: str) -> Result:
    return CliRunner().invoke(app, ["exchange", *arguments, "--config", str(office)])


def test_a_recipient_is_added(office: Path) -> None:
    done = _run(office, "add", "1-CV/ĐU", "--to", SENDER.code)
    assert (done.exit_code, "1 nơi" in done.output) == (0, True)
    assert _run(office, "add", "di:1/2026", "--to", SENDER.code).exit_code == 1


def test_what_was_done_is_told_by_the_name_of_the_document(office: Path) -> None:
    assert "1-CV/ĐU ngày" in _run(office, "add", "1-CV/ĐU", "--to", SENDER.code).output


@pytest.mark.parametrize(("answer", "does"), [("c", True), ("K", False), ("", False)])
def test_a_person_at_a_terminal_is_asked_whether_it_is_the_right_one(
    monkeypatch: pytest.MonkeyPatch, answer: str, *, does: bool
) -> None:
    class Terminal(StringIO):
        def isatty(self) -> bool:
            return True

    monkeypatch.setattr("sys.stdin", Terminal(f"{answer}\n"))
    if does:
        named.agreed("Thu hồi văn bản 1-CV.")
    else:
        with pytest.raises(AnswerIsNoError):
            named.agreed("Thu hồi văn bản 1-CV.")


def test_an_update_goes_to_all(office: Path) -> None:
    done = _run(office, "update", "1-CV/ĐU", "--reason", "sửa trích yếu")
    assert (done.exit_code, "tới 1 nơi" in done.output) == (0, True)


def test_what_still_waits_is_neither_resent_nor_confirmed(office: Path) -> None:
    for verb in ("resend", "sent"):
        done = _run(office, verb, "1", "--why", "thử")
        assert done.exit_code == 1
        assert "Không thực hiện được" in done.output


def test_paper_wants_a_ground(office: Path) -> None:
    assert _run(office, "paper", "1", "--ground", " ").exit_code == 1
    assert _run(office, "paper", "1", "--ground", "bên nhận mất điện").exit_code == 0


def test_an_unknown_exchange_is_told(office: Path) -> None:
    assert "Không có lần gửi" in _run(office, "resend", "77", "--why", "x").output
    assert "Không có văn bản đi" in _run(office, "add", "99-CV/ĐU", "--to", "X").output
