"""An office with a book of outgoing documents."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from typer.testing import CliRunner, Result

from mailbridge.cli.app import app

Run = Callable[..., Result]

BOOKS = """
[[book]]
name = "di"
direction = "out"
default = true
reset = "term"
per_type = true
terms = [2020-07-15, 2025-07-20]
secret_shares_series = true
"""


def desk_of(filled: Path) -> Run:
    """Give the office a book of its own; gives what runs a command there."""
    filled.write_text(filled.read_text(encoding="utf-8") + BOOKS, encoding="utf-8")

    def call(*arguments: str) -> Result:
        return CliRunner().invoke(app, [*arguments, "--config", str(filled)])

    return call


def answer(done: Result) -> Any:
    """Read what a command with --json said."""
    assert done.exit_code == 0, done.output
    return json.loads(done.stdout)
