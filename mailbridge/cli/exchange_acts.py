"""mailbridge exchange add | update | resend | sent | paper: decisions about a sending."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mailbridge.cli import named
from mailbridge.cli.context import DEFAULT, By, Config, Whose, person, settings
from mailbridge.cli.exits import AnswerIsNoError, told

if TYPE_CHECKING:
    from mailbridge.actions.house import House
    from mailbridge.model.sending import Exchange

app = typer.Typer(help="What we sent, recipient by recipient.", no_args_is_help=True)

Which = Annotated[str, typer.Argument(metavar="N", help="sent:ID, number, or number and notation.")]
Number = Annotated[int, typer.Argument(metavar="EXCHANGE", help="Id of the exchange.")]
Why = Annotated[str, typer.Option("--why", help="Reason; stays in the journal.")]


@app.command()
def add(
    name: Which,
    to: Annotated[list[str], typer.Option("--to", help="Identifier or mailbox; repeatable.")],
    by: By = None,
    config: Config = DEFAULT,
    office: Whose = None,
) -> None:
    """Send a document to more recipients."""
    from mailbridge import clock
    from mailbridge.actions.send_again import add_recipients

    with told(), _house(config) as house:
        document = named.sent(house.database, name, office)
        named.agreed(f"Gửi thêm văn bản {named.said(document)} tới {', '.join(to)}.")
        new = add_recipients(house, document, tuple(to), person(by), clock.now())
        names = "; ".join(party.name or party.agency for party in new)
        typer.echo(f"Đã ghi gửi thêm văn bản {named.said(document)} tới {len(new)} nơi: {names}.")


@app.command()
def update(
    name: Which,
    reason: Annotated[str, typer.Option("--reason", help="What was brought up to date.")],
    by: By = None,
    config: Config = DEFAULT,
    office: Whose = None,
) -> None:
    """Tell all recipients what a document says of itself now (after `register correct`)."""
    from mailbridge import clock
    from mailbridge.actions.send_again import update as do

    with told(), _house(config) as house:
        document = named.sent(house.database, name, office)
        named.agreed(f"Gửi cập nhật văn bản {named.said(document)}.")
        there = do(house, document, reason, person(by), clock.now())
        said = named.said(document)
        typer.echo(f"Đã ghi gửi cập nhật văn bản {said} tới {len(there)} nơi.")


@app.command()
def resend(number: Number, why: Why, by: By = None, config: Config = DEFAULT) -> None:
    """Let the same mail leave once more; its recipient knows it by its Message-ID."""
    from mailbridge import clock
    from mailbridge.actions.send_again import resend as do

    with told(), _house(config) as house:
        exchange = _exchange(house, number)
        what = f"{_what(house, exchange)} tới {exchange.to.name} ({exchange.to.address})"
        named.agreed(f"Gửi lại văn bản {what}.")
        do(house, exchange, person(by), why, clock.now())
        typer.echo(
            f"Đã ghi gửi lại văn bản {what}; thư giữ nguyên mã nên nơi nhận không vào sổ hai lần."
        )


@app.command()
def sent(number: Number, why: Why, by: By = None, config: Config = DEFAULT) -> None:
    """Write that an uncertain mail is known to have arrived."""
    from mailbridge import clock
    from mailbridge.actions.send_again import confirm_sent

    with told(), _house(config) as house:
        confirm_sent(house, _exchange(house, number), person(by), why, clock.now())
        typer.echo("Đã ghi xác nhận thư đã gửi.")


@app.command()
def paper(
    number: Number,
    ground: Annotated[str, typer.Option("--ground", help="Why on paper (Điều 7.4).")],
    by: By = None,
    config: Config = DEFAULT,
) -> None:
    """Let the paper go there, on a person's ground; silence is none (Điều 7.4)."""
    from mailbridge import clock
    from mailbridge.actions.send_again import on_paper

    with told(), _house(config) as house:
        exchange = _exchange(house, number)
        on_paper(house, exchange, person(by), ground, clock.now())
        typer.echo(
            f"Đã ghi gửi bản giấy tới {exchange.to.name}; in phiếu gửi: "
            f"mailbridge print phieu-gui sent:{exchange.document}."
        )


@contextmanager
def _house(config: Path) -> "Iterator[House]":
    from mailbridge import wiring
    from mailbridge.actions.send_again import CannotSendAgainError

    try:
        yield wiring.house(settings(config))
    except CannotSendAgainError as error:
        raise AnswerIsNoError(f"Không thực hiện được: {error}.") from error


def _what(house: "House", exchange: "Exchange") -> str:
    from mailbridge.registry import documents

    with house.database.reading() as tx:
        document = documents.get(tx, exchange.document)
    return named.said(document) if document else f"sent:{exchange.document}"


def _exchange(house: "House", number: int) -> "Exchange":
    from mailbridge.registry import exchanges

    with house.database.reading() as tx:
        found = exchanges.get(tx, number)
    if found is None:
        raise AnswerIsNoError(f"Không có lần gửi nào mang mã {number}.")
    return found
