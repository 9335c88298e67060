"""mailbridge gateway password | list: who may submit, and what was submitted."""

from dataclasses import asdict

import typer

from mailbridge.cli.context import DEFAULT, Config, Whose, one_or_all, settings
from mailbridge.cli.exits import UsageError, told
from mailbridge.cli.output import AsJson, as_json, moment, table

# A password that is guessed within the attempts of a few days.
SHORTEST = 8

app = typer.Typer(help="The doors for mail programs and the mail server.", no_args_is_help=True)

# As `actions/settle_submission` writes them; the last bore a mark of secrecy (Điều 5.1).
_OUTCOMES = {
    "": "đang xử lý",
    "sent": "đã gửi",
    "refused": "chưa gửi",
    "marked": "chưa gửi, có dấu chỉ độ mật",
}


@app.command()
def password() -> None:
    """Ask for a password, and print its hash for a table gateway.person of the settings."""
    from mailbridge.gateway.people import hashed

    with told():
        given = typer.prompt("Mật khẩu", hide_input=True, confirmation_prompt="Nhập lại", err=True)
        if len(given) < SHORTEST:
            raise UsageError(f"Mật khẩu phải có ít nhất {SHORTEST} ký tự.")
        typer.echo(hashed(given))


@app.command("list")
def listed(
    config: Config = DEFAULT,
    office: Whose = None,
    limit: int = typer.Option(50, "--limit", min=1),
    json_: AsJson = False,
) -> None:
    """List what was submitted, newest first, and what became of it."""
    from mailbridge import wiring
    from mailbridge.registry import submissions

    with told():
        loaded = settings(config)
        code = one_or_all(loaded, office)
        with wiring.database(loaded).reading() as tx:
            found = submissions.listed(tx, code, limit)
        if json_:
            as_json([asdict(one) for one in found])
            return
        table(
            "Văn bản cán bộ gửi qua cổng thư",
            ("Số", "Lúc", "Người gửi", "Nơi nhận", "Kết quả", "Văn bản"),
            [
                (
                    one.id,
                    moment(one.taken_at),
                    f"{one.person} <{one.address}>",
                    ", ".join(one.recipients),
                    _OUTCOMES[one.outcome],
                    one.document or "",
                )
                for one in found
            ],
        )
