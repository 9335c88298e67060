"""mailbridge account list | resume: what is not tried until a person has looked."""

from typing import Annotated

import typer

from mailbridge.cli.context import DEFAULT, By, Config, person, settings
from mailbridge.cli.exits import AnswerIsNoError, told
from mailbridge.cli.output import AsJson, as_json, table

app = typer.Typer(help="Accounts and keys that are not tried for now.", no_args_is_help=True)


@app.command("list")
def list_(config: Config = DEFAULT, json_: AsJson = False) -> None:
    """List what is not tried: logins of mail servers (smtp:…), PINs of tokens (key:…)."""
    from mailbridge import wiring
    from mailbridge.registry import mailboxes

    with told():
        with wiring.database(settings(config)).reading() as tx:
            found = mailboxes.suspended(tx)
        if json_:
            as_json([{"account": account, "why": why} for account, why in found.items()])
            return
        table("Tạm ngừng sử dụng", ("Tài khoản", "Lý do"), list(found.items()))


@app.command()
def resume(
    account: Annotated[str, typer.Argument(help="As listed, e.g. key:vanthu.")],
    by: By = None,
    config: Config = DEFAULT,
) -> None:
    """Use an account again, once its password or PIN has been mended."""
    from mailbridge import clock, wiring
    from mailbridge.actions.resume import resume as use_again

    with told():
        database = wiring.database(settings(config))
        if not use_again(database, account, person(by), clock.now()):
            raise AnswerIsNoError(f"{account}: không bị tạm ngừng.")
        typer.echo(f"Đã cho dùng lại {account}.")
