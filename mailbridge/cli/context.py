"""Where the settings come from, for every command."""

import getpass
from pathlib import Path
from typing import Annotated

import typer

from mailbridge.cli.exits import UsageError
from mailbridge.model.reading import Urgency
from mailbridge.settings.load import load
from mailbridge.settings.schema import Settings

DEFAULT = Path("/etc/mailbridge/mailbridge.toml")

Config = Annotated[
    Path, typer.Option("--config", envvar="MAILBRIDGE_CONFIG", help="Settings file (TOML).")
]
Whose = Annotated[
    str | None, typer.Option("--office", help="Identifier of one of our agencies; default: all.")
]
By = Annotated[str | None, typer.Option("--by", help="Who decides; default: the login name.")]


def settings(path: Path) -> Settings:
    """Load the settings of this call; raises SettingsError."""
    return load(path)


def mailboxes(loaded: Settings, office: str | None) -> tuple[str, ...] | None:
    """Name the mailboxes of an office, None for those of all; raises UsageError."""
    code = one_or_all(loaded, office)
    if code is None:
        return None
    (whose,) = (one for one in loaded.office if one.agency == code)
    return tuple(mailbox.name for mailbox in loaded.mailboxes_of(whose))


def one_or_all(loaded: Settings, office: str | None) -> str | None:
    """Name the one office that was asked for, None for all of them; raises UsageError."""
    return None if office is None else own_office(loaded, office)


def own_office(loaded: Settings, office: str | None) -> str:
    """Name the one office that is meant; raises UsageError where there are several to choose."""
    codes = [one.agency for one in loaded.office]
    ours = ", ".join(codes)
    if office is None and len(codes) > 1:
        raise UsageError(f"Có nhiều cơ quan ({ours}); hãy nêu một cơ quan bằng --office.")
    wanted = (office or codes[0]).lower()
    for code in codes:
        if code.lower() == wanted:
            return code
    raise UsageError(f"--office {office}: không phải cơ quan của hệ thống này ({ours}).")


def person(by: str | None) -> str:
    """Name who decides."""
    return by or getpass.getuser()


def iso(option: str, text: str) -> str:
    """Read a day, 30/11/2026 or 2026-11-30, as the latter; raises UsageError."""
    from mailbridge.rules.said import day

    read = day(text)
    if text and read is None:
        raise UsageError(f"{option} {text}: không phải ngày dạng 30/11/2026 hoặc 2026-11-30.")
    return read.isoformat() if read else ""


def urgent(option: str, text: str) -> Urgency:
    """Read an urgency in either spelling ("hoả tốc", "hỏa tốc"); raises UsageError."""
    from mailbridge.rules.said import urgency

    read = urgency(text)
    if read is None:
        raise UsageError(f"{option} {text}: phải là một trong: {', '.join(Urgency)}.")
    return read
