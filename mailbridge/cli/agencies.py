"""mailbridge agency load | list | show: the directory of agencies."""

from pathlib import Path
from typing import Annotated

import typer

from mailbridge.cli.context import DEFAULT, Config, settings
from mailbridge.cli.directory_changes import lines
from mailbridge.cli.exits import AnswerIsNoError, told
from mailbridge.cli.output import AsJson, as_json, pairs, table
from mailbridge.cli.words import CHANGES

app = typer.Typer(help="The directory of agencies.", no_args_is_help=True)


@app.command()
def load(
    file: Path,
    config: Config = DEFAULT,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
) -> None:
    """Show what a directory file changes, then load it."""
    from mailbridge import clock, wiring
    from mailbridge.registry import agencies
    from mailbridge.registry.directory_file import read

    with told():
        database = wiring.database(settings(config))
        directory = read(file)
        with database.reading() as tx:
            standing = agencies.loaded(tx)
            changes = agencies.diff(tx, directory)
        table(
            "Thay đổi của danh bạ",
            ("Mã định danh", "Thay đổi", "Cơ quan"),
            [(c.code, CHANGES[c.kind], c.name) for c in changes],
        )
        if not changes:
            return
        for change in changes:
            typer.echo(f"{change.code} {change.name} ({CHANGES[change.kind]}):")
            typer.echo("\n".join(lines(standing, directory, change.code)))
        if not yes and not typer.confirm("Nạp các thay đổi này?"):
            raise AnswerIsNoError("Không nạp.")
        with database.transaction() as tx:
            agencies.load(tx, directory, clock.now())
        typer.echo(f"Đã nạp {len(changes)} thay đổi.")


@app.command("list")
def list_(config: Config = DEFAULT, json_: AsJson = False) -> None:
    """List the agencies."""
    from mailbridge import wiring
    from mailbridge.registry import agencies

    with told():
        with wiring.database(settings(config)).reading() as tx:
            directory = agencies.directory(tx)
        if json_:
            as_json([_plain(agency) for agency in directory.agencies])
            return
        table(
            "Danh bạ cơ quan",
            ("Mã định danh", "Tên", "Ký hiệu", "Hộp thư", "Chứng thư số"),
            [
                (a.code, a.name, a.symbol, ", ".join(a.mailboxes), len(a.certificates))
                for a in directory.agencies
            ],
        )


@app.command()
def show(code: str, config: Config = DEFAULT, json_: AsJson = False) -> None:
    """Show one agency with its certificates."""
    from mailbridge import wiring
    from mailbridge.registry import agencies

    with told():
        with wiring.database(settings(config)).reading() as tx:
            agency = agencies.directory(tx).by_code(code)
        if agency is None:
            raise AnswerIsNoError(f"Không có cơ quan {code} trong danh bạ.")
        if json_:
            as_json(_plain(agency))
            return
        pairs(
            agency.name,
            [
                ("Mã định danh", agency.code),
                ("Ký hiệu", agency.symbol),
                ("Hộp thư", ", ".join(agency.mailboxes)),
                ("Có mạng diện rộng của Đảng", "có" if agency.has_party_wan else "không"),
                ("Kế thừa bởi", agency.successor or ""),
            ],
        )
        table(
            "Chứng thư số",
            ("Vai trò", "Người giữ", "Từ ngày", "SHA-256"),
            [(c.role, c.holder, c.since or "", c.fingerprint) for c in agency.certificates],
        )


def _plain(agency: object) -> dict[str, object]:
    import json

    from mailbridge.model import codec
    from mailbridge.model.directory import Agency

    value: dict[str, object] = json.loads(codec.encode(Agency, agency))
    return value
