"""An office of its own for each test: a copy of the filled one."""

import json
import shutil
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


def desk_of(filled: Path, folder: Path) -> Run:
    """Copy the filled office into a folder; gives what runs a command against the copy."""
    shutil.copytree(filled.parent, folder / "office")
    config = folder / "office" / filled.name
    config.write_text(config.read_text(encoding="utf-8") + BOOKS, encoding="utf-8")

    def call(*arguments: str) -> Result:
        return CliRunner().invoke(app, [*arguments, "--config", str(config)])

    return call


def answer(done: Result) -> Any:
    """Read what a command with --json said."""
    assert done.exit_code == 0, done.output
    return json.loads(done.stdout)
