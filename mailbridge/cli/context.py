"""Where the settings come from, for every command."""

import getpass
from pathlib import Path
from typing import Annotated

import typer

from mailbridge.settings.load import load
from mailbridge.settings.schema import Settings

DEFAULT = Path("/etc/mailbridge/mailbridge.toml")

Config = Annotated[
    Path, typer.Option("--config", envvar="MAILBRIDGE_CONFIG", help="Settings file (TOML).")
]
By = Annotated[str | None, typer.Option("--by", help="Who decides; default: the login name.")]


def settings(path: Path) -> Settings:
    """Load the settings of this call; raises SettingsError."""
    return load(path)


def person(by: str | None) -> str:
    """Name who decides."""
    return by or getpass.getuser()
