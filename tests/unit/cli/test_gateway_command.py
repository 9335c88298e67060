"""A password is hashed and never printed; what was submitted is listed."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from mailbridge import wiring
from mailbridge.cli.app import app
from mailbridge.gateway.people import People, Person
from mailbridge.model.sending import Submission
from mailbridge.registry import submissions
from mailbridge.settings.load import load
from tests.unit.cli.conftest import Run
from tests.unit.provenance.samples import NOW


def test_the_hash_that_is_printed_opens_the_door() -> None:
    done = CliRunner().invoke(app, ["gateway", "password"], input="mật khẩu dài\n" * 2)
    assert done.exit_code == 0, done.output
    printed = done.stdout.strip().splitlines()[-1]
    assert "mật khẩu dài" not in done.output
    people = People((Person("Lan", "lan@hungyen.gov.vn", "A", lambda: printed),))
    assert people.login(b"lan@hungyen.gov.vn", "mật khẩu dài".encode()) is not None


def test_a_short_password_is_refused() -> None:
    done = CliRunner().invoke(app, ["gateway", "password"], input="ngắn\n" * 2)
    assert done.exit_code == 2
    assert "$argon2" not in done.output


def test_what_was_submitted_is_listed(run: Run, ask: Callable[..., Any], filled: Path) -> None:
    loaded = load(filled)
    with wiring.database(loaded).transaction() as tx:
        handed = Submission(
            0, loaded.office[0].agency, "Lan", "lan@hungyen.gov.vn", "f" * 64, ("b@x.vn",), NOW
        )
        submissions.add(tx, handed)
    (found,) = ask("gateway", "list")
    assert (found["person"], found["recipients"]) == ("Lan", ["b@x.vn"])
    assert "đang xử lý" in run("gateway", "list").stdout
    assert run("gateway", "list", "--office", "DEMO.99").exit_code == 2


@pytest.mark.parametrize(
    ("outcome", "words"),
    [("sent", "đã gửi"), ("refused", "chưa gửi"), (submissions.MARKED, "dấu chỉ độ mật")],
)
def test_what_became_of_it_is_said_in_words(
    run: Run, filled: Path, monkeypatch: pytest.MonkeyPatch, outcome: str, words: str
) -> None:
    # Wide enough for the words to stand in one line of their cell.
    monkeypatch.setenv("COLUMNS", "160")
    loaded = load(filled)
    with wiring.database(loaded).transaction() as tx:
        handed = Submission(
            0, loaded.office[0].agency, "Lan", "lan@hungyen.gov.vn", "f" * 64, ("b@x.vn",), NOW
        )
        submissions.settle(tx, submissions.add(tx, handed), outcome, None, NOW)
    assert words in " ".join(run("gateway", "list").stdout.split())
