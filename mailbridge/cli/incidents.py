"""mailbridge incident open | close | list: when the Party's own network is down."""

from typing import Annotated

import typer

from mailbridge.cli.context import DEFAULT, By, Config, person, settings
from mailbridge.cli.exits import AnswerIsNoError, UsageError, told
from mailbridge.cli.output import AsJson, as_json, moment, table

app = typer.Typer(
    help="Incidents of the Party's network: while one is open, mail may stand in for it.",
    no_args_is_help=True,
)


@app.command("open")
def open_(
    what: Annotated[str, typer.Argument(help="What happened, in a few words.")],
    agency: Annotated[
        str | None, typer.Option("--agency", help="Whose link is down; default: the whole network.")
    ] = None,
    by: By = None,
    config: Config = DEFAULT,
) -> None:
    """Open an incident; it permits mail until it is closed."""
    from mailbridge import clock, wiring
    from mailbridge.registry import agencies, incidents

    with told():
        database = wiring.database(settings(config))
        with database.transaction() as tx:
            found = agencies.directory(tx).by_code(agency) if agency else None
            if agency and found is None:
                raise UsageError(f"--agency {agency}: không có cơ quan này trong danh bạ.")
            code = found.code if found else ""
            incident = incidents.open_(tx, code, what, person(by), clock.now())
        typer.echo(f"Đã mở sự cố số {incident.id}.")


@app.command()
def close(
    number: Annotated[int, typer.Argument(metavar="N", help="Number of the incident.")],
    cure: Annotated[str, typer.Option("--cure", help="How it was mended.")],
    by: By = None,
    config: Config = DEFAULT,
) -> None:
    """Close an incident; from now on the network is the rule again."""
    from mailbridge import clock, wiring
    from mailbridge.registry import incidents

    with told():
        with wiring.database(settings(config)).transaction() as tx:
            closed = incidents.close(tx, number, cure, person(by), clock.now())
        if closed is None:
            raise AnswerIsNoError(f"Không có sự cố số {number} đang mở.")
        typer.echo(f"Đã đóng sự cố số {number}.")


@app.command("list")
def list_(
    limit: Annotated[int, typer.Option("--limit", min=1)] = 50,
    config: Config = DEFAULT,
    json_: AsJson = False,
) -> None:
    """List incidents, newest first."""
    from dataclasses import asdict

    from mailbridge import wiring
    from mailbridge.registry import incidents

    with told():
        with wiring.database(settings(config)).reading() as tx:
            found = incidents.listed(tx, limit)
        if json_:
            as_json([asdict(one) for one in found])
            return
        table(
            "Sự cố mạng thông tin diện rộng của Đảng",
            ("Số", "Cơ quan", "Nội dung", "Mở lúc", "Người mở", "Đóng lúc", "Khắc phục"),
            [
                (
                    one.id,
                    one.agency or "(toàn mạng)",
                    one.what,
                    moment(one.opened_at),
                    one.opened_by,
                    moment(one.closed_at) if one.closed_at else "đang mở",
                    one.cure,
                )
                for one in found
            ],
        )
