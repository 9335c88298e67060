"""mailbridge impounded list | export | erase: for the cơ yếu officer alone (Điều 5.1)."""

import os
import pwd
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mailbridge.cli.context import DEFAULT, Config, Whose, one_or_all, settings
from mailbridge.cli.exits import AnswerIsNoError, UsageError, told
from mailbridge.cli.output import AsJson, as_json, moment, table
from mailbridge.cli.words import IMPOUNDED

if TYPE_CHECKING:
    from mailbridge.actions.house import House
    from mailbridge.model.impounded import Impoundment

app = typer.Typer(help="What bears a mark of secrecy; for the officer alone.", no_args_is_help=True)

Key = Annotated[
    Path | None, typer.Option("--key", help="The officer's key (PEM or PKCS#12), as proof.")
]
Passphrase = Annotated[
    Path | None,
    typer.Option("--passphrase-file", help='File with its passphrase; "-" asks for it unseen.'),
]
Number = Annotated[int, typer.Argument(metavar="N", help="Number of the incident.")]
# A passphrase is a line; something else was named by mistake.
_PASSPHRASE_SIZE = 4096


@app.command("list")
def list_(
    key: Key = None,
    passphrase: Passphrase = None,
    office: Whose = None,
    config: Config = DEFAULT,
    json_: AsJson = False,
) -> None:
    """List incidents: digest, size, source and level, and nothing of what the mails say."""
    from mailbridge import clock
    from mailbridge.actions.impound_custody import listed

    with told(), _officer(config, key, passphrase) as (house, by):
        whose = one_or_all(settings(config), office)
        found = listed(house, by, whose, clock.now())
    if json_:
        as_json([{**asdict(one), "state": one.state.value} for one in found])
        return
    table(
        "Thư có dấu hiệu mật bị giữ lại",
        ("Số", "Thư", "Hộp thư", "Lúc", "Độ mật", "Dung lượng", "SHA-256", "Tình trạng"),
        [_row(one) for one in found],
    )


@app.command()
def export(
    number: Number,
    to: Annotated[Path, typer.Option("--to", help="New file for the locked form (.p7m).")],
    key: Key = None,
    passphrase: Passphrase = None,
    config: Config = DEFAULT,
) -> None:
    """Give the locked form out; only the officer's key opens it."""
    from mailbridge import clock
    from mailbridge.actions.impound_custody import export as do

    with told(), _officer(config, key, passphrase) as (house, by):
        try:
            do(house, number, to, by, clock.now())
        except OSError as error:
            raise UsageError(f"{to}: không ghi được: {error.strerror}.") from error
    typer.echo(f"Đã ghi bản mã hóa của sự việc số {number}: {to}")


@app.command()
def erase(
    number: Number, key: Key = None, passphrase: Passphrase = None, config: Config = DEFAULT
) -> None:
    """Erase the locked form for good; digest, size, source and times stay on record."""
    from mailbridge import clock
    from mailbridge.actions.impound_custody import erase as do

    with told(), _officer(config, key, passphrase) as (house, by):
        found = do(house, number, by, clock.now())
    typer.echo(
        f"Đã xóa sự việc số {number} (SHA-256 {found.digest}). Tệp mã hóa đã được gỡ khỏi ổ đĩa, "
        "không ghi đè; phần còn sót (nếu có) chỉ khóa của cán bộ cơ yếu mở được. "
        "Thư trên máy chủ thư không bị động đến."
    )


@contextmanager
def _officer(
    config: Path, key: Path | None, passphrase: Path | None
) -> Iterator[tuple["House", str]]:
    """Let in nobody but the officer, before anything is looked up."""
    from mailbridge import wiring
    from mailbridge.actions.impound_custody import (
        NoSuchImpoundedError,
        NotTheOfficerError,
        Proof,
        proved,
    )

    loaded = settings(config)
    try:
        secret = _passphrase(passphrase) if key is not None else None
        # The real user: who became another by sudo is the other.
        proof = Proof(pwd.getpwuid(os.getuid()).pw_name, key, secret)
        by = proved(wiring.custody(loaded), proof)
        yield wiring.house(loaded), by
    except (NotTheOfficerError, NoSuchImpoundedError) as error:
        raise AnswerIsNoError(str(error)) from error


def _passphrase(file: Path | None) -> bytes | None:
    """Read it from a file or ask for it unseen; never from the command line, which others see."""
    if file is None:
        return None
    if str(file) == "-":
        asked: str = typer.prompt("Mật khẩu của khóa", hide_input=True)
        return asked.encode()
    if not file.is_file() or file.stat().st_size > _PASSPHRASE_SIZE:
        raise UsageError(f"{file}: không có tệp mật khẩu này, hoặc tệp quá lớn.")
    return file.read_bytes().rstrip(b"\r\n")


def _row(one: "Impoundment") -> tuple[object, ...]:
    return (
        one.id,
        one.ledger,
        one.slot.mailbox,
        moment(one.at),
        one.level,
        one.size,
        one.digest,
        IMPOUNDED[one.state],
    )
