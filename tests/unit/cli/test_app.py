"""Every command is there and helps in English."""

import pytest
from typer.testing import CliRunner

from mailbridge.cli.app import app

COMMANDS = (
    "run", "poll", "ledger", "register", "held", "quarantine", "release", "refuse", "acknowledge",
    "agency", "outbox", "journal", "check", "config", "check-again", "open", "cert",
    "evidence", "trust", "crl", "pgp", "number", "book",
)  # fmt: skip


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_explains_itself(command: str) -> None:
    done = CliRunner().invoke(app, [command, "--help"])
    assert done.exit_code == 0
    assert "Usage" in done.stdout
