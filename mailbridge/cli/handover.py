"""mailbridge handover export | import | list: what goes to the operations system, and back."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mailbridge.cli.context import DEFAULT, By, Config, Whose, own_office, person, settings
from mailbridge.cli.exits import AnswerIsNoError, UsageError, told
from mailbridge.cli.output import AsJson, as_json, moment, table
from mailbridge.cli.words import HANDOVERS
from mailbridge.model.handover import HandoverState, document_id

if TYPE_CHECKING:
    from mailbridge.actions.take_answers import Answered
    from mailbridge.model.handover import Confirmation, Handover

app = typer.Typer(
    help="Hand documents over to the operations system, as file sets.", no_args_is_help=True
)

To = Annotated[Path, typer.Option("--to", help="Folder, shared or on a removable disk.")]


@app.command()
def export(
    to: To,
    again: Annotated[
        int | None, typer.Option("--again", min=1, help="Write this set anew: its disk was lost.")
    ] = None,
    office: Whose = None,
    by: By = None,
    config: Config = DEFAULT,
) -> None:
    """Write what was not handed over yet as one set of edXML packets with their digests."""
    from mailbridge import clock, wiring
    from mailbridge.actions.hand_over import CannotHandOverError, hand_over

    with told():
        loaded = settings(config)
        if not to.is_dir():
            raise UsageError(f"{to}: không có thư mục này.")
        try:
            handed = hand_over(
                wiring.house(loaded),
                own_office(loaded, office),
                to,
                person(by),
                clock.now(),
                again=again,
            )
        except CannotHandOverError as error:
            raise AnswerIsNoError(f"Không bàn giao được: {error}.") from error
        except OSError as error:
            where = error.filename or to
            raise UsageError(f"{where}: không ghi được: {error.strerror}.") from error
        if handed is None:
            typer.echo("Không có văn bản nào chờ bàn giao.")
            return
        typer.echo(f"Đã ghi {handed.documents} văn bản vào {handed.folder}.")


@app.command("import")
def import_(
    folder: Annotated[Path, typer.Argument(help="Folder with the answers.")],
    office: Whose = None,
    by: By = None,
    config: Config = DEFAULT,
) -> None:
    """Read what the operations system answered: edXML status messages, or confirmations.csv."""
    from mailbridge import clock, wiring
    from mailbridge.actions.take_answers import take_answers
    from mailbridge.cli.words import FILE_REASONS
    from mailbridge.model.errors import RefusedError

    with told():
        loaded = settings(config)
        if not folder.is_dir():
            raise UsageError(f"{folder}: không có thư mục này.")
        whose = own_office(loaded, office)
        try:
            answered = take_answers(
                wiring.house(loaded), whose, folder, person(by), clock.now()
            )  # fmt: skip
        except RefusedError as error:
            why = FILE_REASONS.get(error.reason, "không đọc được")
            raise AnswerIsNoError(f"{folder}: {error.detail}: {why}; chưa ghi gì.") from error
        except OSError as error:
            raise UsageError(f"{error.filename}: không đọc được: {error.strerror}.") from error
        _tell(answered)
        if answered.strange or answered.contrary:
            raise typer.Exit(1)


@app.command("list")
def list_(
    state: Annotated[HandoverState | None, typer.Option("--state", help="Of one state.")] = None,
    limit: Annotated[int, typer.Option("--limit", min=1)] = 50,
    office: Whose = None,
    config: Config = DEFAULT,
    json_: AsJson = False,
) -> None:
    """List what was handed over, newest first; `--state pending` what was not yet."""
    from mailbridge import wiring
    from mailbridge.model.handover import Handover
    from mailbridge.registry import handover

    with told():
        loaded = settings(config)
        whose = own_office(loaded, office)
        with wiring.database(loaded).reading() as tx:
            found = handover.listed(tx, whose, state, limit)
            if state is HandoverState.PENDING:
                waiting = handover.pending(tx, whose, limit)
                found += tuple(Handover(one, HandoverState.PENDING) for one in waiting)
        if json_:
            as_json([_plain(one) for one in found])
            return
        table(
            "Bàn giao sang hệ thống thông tin điều hành tác nghiệp",
            ("Số đến", "Số, ký hiệu", "Bộ", "Trạng thái", "Số bên nhận", "Trả lời lúc", "Ghi chú"),
            [_row(one) for one in found],
        )


def _tell(answered: "Answered") -> None:
    table(
        "Trả lời của hệ thống thông tin điều hành tác nghiệp",
        ("Mã văn bản", "Kết quả", "Số bên nhận", "Ghi chú"),
        [
            *(_answer(one, HANDOVERS[one.state]) for one in answered.new),
            *(_answer(one, "đã biết") for one in answered.known),
            *(_answer(one, "không phải văn bản đã bàn giao") for one in answered.strange),
            *(_answer(one, f"trái với số đã có: {old}") for one, old in answered.contrary),
        ],
    )


def _answer(one: "Confirmation", what: str) -> tuple[object, ...]:
    return (one.document_id, what, one.number, one.words)


def _row(one: "Handover") -> tuple[object, ...]:
    return (
        one.document.number,
        one.document.key.symbol or "",
        one.set_.name if one.set_ else "",
        HANDOVERS[one.state],
        one.number,
        moment(one.answered_at) if one.answered_at else "",
        one.words,
    )


def _plain(one: "Handover") -> dict[str, object]:
    return {
        "document": one.document.id,
        "document_id": document_id(one.document),
        "number": str(one.document.number) if one.document.number else None,
        "state": one.state.value,
        "set": one.set_.name if one.set_ else None,
        "their_number": one.number or None,
        "their_date": one.day.isoformat() if one.day else None,
        "words": one.words,
        "answered_at": one.answered_at,
    }
