"""mailbridge digest preview | send: what an office reads in the morning and the evening."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mailbridge.cli.context import DEFAULT, Config, Whose, own_office, settings
from mailbridge.cli.exits import UsageError, told
from mailbridge.cli.output import AsJson, as_json
from mailbridge.cli.writing import Force, write

if TYPE_CHECKING:
    from mailbridge.actions.house import Chancery
    from mailbridge.rules.digests import Reader

app = typer.Typer(help="Morning and evening digests.", no_args_is_help=True)


@app.command()
def preview(
    person: Annotated[
        str | None, typer.Option("--person", help="Address of a reader; default: the clerk.")
    ] = None,
    slot: Annotated[str, typer.Option("--slot", help="morning or evening.")] = "morning",
    html: Annotated[Path | None, typer.Option("--html", help="Write it as HTML there.")] = None,
    force: Force = False,
    config: Config = DEFAULT,
    office: Whose = None,
    json_: AsJson = False,
) -> None:
    """Show what a digest would say now; nothing is owed or sent."""
    from dataclasses import asdict

    from mailbridge import clock, wiring
    from mailbridge.actions.digest import preview as made
    from mailbridge.actions.gathering import Desk
    from mailbridge.letters.templates import WORDING, render
    from mailbridge.rules.digests import Edition

    with told():
        loaded = settings(config)
        if slot not in set(Edition):
            raise UsageError(f"--slot {slot}: phải là morning hoặc evening.")
        duty = wiring.duty(loaded)
        chancery = duty.house.of_office(own_office(loaded, office))
        reader, edition = _reader(chancery, person), Edition(slot)
        desk = Desk(chancery, reader, wiring.key_ends(duty.desks), clock.now())
        with duty.house.database.reading() as tx:
            facts = made(tx, duty.house, desk, edition)
        if json_:
            as_json(asdict(facts))
        elif html is not None:
            write(html, render(WORDING, "digest.html", facts=facts).encode(), force=force)
        else:
            typer.echo(render(WORDING, "digest.txt", facts=facts))


@app.command()
def send(config: Config = DEFAULT) -> None:
    """Owe every digest that is due and was not owed yet."""
    from mailbridge import clock, wiring
    from mailbridge.actions.digest import digest

    with told():
        duty = wiring.duty(settings(config))
        count = digest(duty.house, wiring.key_ends(duty.desks), clock.now())
        typer.echo(f"Đã ghi gửi {count} bản tổng hợp.")


def _reader(chancery: "Chancery", person: str | None) -> "Reader":
    """Find a reader of the settings; raises UsageError."""
    readers = chancery.digests.readers
    wanted = (person or chancery.telling.clerk).lower()
    found = next((one for one in readers if one.to.lower() == wanted), None)
    if found is None:
        names = ", ".join(one.to for one in readers) or "(không có ai)"
        raise UsageError(f"{wanted}: không nhận bản tổng hợp; những người nhận: {names}.")
    return found
