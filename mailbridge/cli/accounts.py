"""mailbridge account list | resume | try-key: what is not tried until a person has looked."""

from typing import Annotated

import typer

from mailbridge.cli.context import DEFAULT, By, Config, person, settings
from mailbridge.cli.exits import AnswerIsNoError, UsageError, told
from mailbridge.cli.output import AsJson, as_json, moment, pairs, table

app = typer.Typer(help="Accounts and keys that are not tried for now.", no_args_is_help=True)


@app.command("list")
def list_(config: Config = DEFAULT, json_: AsJson = False) -> None:
    """List what is not tried: logins of mail servers (smtp:…), PINs of tokens (key:…), receipts."""
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


@app.command("try-key")
def try_key(
    mailbox: Annotated[str, typer.Argument(help="Name of the mailbox.")],
    config: Config = DEFAULT,
    json_: AsJson = False,
) -> None:
    """Sign a probe by the key of a mailbox: file, token and time-stamp as letters need them."""
    from mailbridge import clock, wiring
    from mailbridge.actions import try_key as action

    with told():
        loaded = settings(config)
        named = next((one for one in loaded.mailbox if one.name == mailbox), None)
        signer = wiring.signer(named) if named else None
        if signer is None:
            raise UsageError(f"{mailbox}: không có hộp thư nào như vậy có khóa ký.")
        done = action.try_key(wiring.database(loaded), mailbox, signer, clock.now())
        if json_:
            as_json({"subject": done.subject, "until": done.until, "size": done.size})
            return
        shown = (("Chứng thư số", done.subject), ("Hiệu lực đến", moment(done.until)))
        pairs(f"Ký được bằng khóa của hộp thư {mailbox}", shown)
