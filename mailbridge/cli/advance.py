"""mailbridge advance: a document is passed on, handled, and done (Điều 11.8)."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from mailbridge.cli.context import DEFAULT, By, Config, Whose, person, settings
from mailbridge.cli.exits import AnswerIsNoError, UsageError, told
from mailbridge.cli.output import moment
from mailbridge.cli.register import Name, found

if TYPE_CHECKING:
    from mailbridge.actions.house import House
    from mailbridge.rules.statuses import Catalogue


def advance(
    name: Name,
    to: Annotated[
        str, typer.Option("--to", help="chuyen, dang-xu-ly, hoan-thanh, or a code such as 04.")
    ],
    unit: Annotated[str, typer.Option("--unit", help="Unit that handles it.")] = "",
    handler: Annotated[
        str, typer.Option("--person", metavar="ADDRESS", help="Person who handles it; is told.")
    ] = "",
    deadline: Annotated[
        str | None, typer.Option("--deadline", help="2026-12-01 (end of that day) or ISO 8601.")
    ] = None,
    opinion: Annotated[str, typer.Option("--opinion", help="Opinion of the head.")] = "",
    note: Annotated[str, typer.Option("--note", help="Reason or remark.")] = "",
    by: By = None,
    config: Config = DEFAULT,
    office: Whose = None,
) -> None:
    """Lead a document to its next status; the sender is told 04, 05 and 06 once each."""
    from mailbridge import clock, wiring
    from mailbridge.actions.advance import Assignment, CannotAdvanceError
    from mailbridge.actions.advance import advance as do

    with told():
        house = wiring.house(settings(config))
        _known(house.regulation.statuses, to)
        until = _moment(house, deadline) if deadline else None
        document = found(house.database, name, office)
        given = Assignment(unit.strip(), handler.strip(), until, opinion.strip(), note.strip())
        try:
            after = do(house, document.id, to, given, person(by), clock.now())
        except CannotAdvanceError as error:
            raise AnswerIsNoError(f"Văn bản số {name}: {error}.") from error
        whom = " · ".join(filter(None, (after.unit, after.handler)))
        until_when = f"; thời hạn {moment(after.deadline)}" if after.deadline else ""
        label = house.regulation.statuses.label(after.status)
        typer.echo(f"Văn bản số {after.number}: {label}; người xử lý: {whom}{until_when}.")


def _known(catalogue: "Catalogue", to: str) -> None:
    status = catalogue.find(to)
    if status is None or status not in catalogue.settable():
        names = ", ".join(f"{one.name} ({one.code})" for one in catalogue.settable())
        more = "; trả lại văn bản bằng mailbridge refuse" if status and status.code == "02" else ""
        raise UsageError(f"--to {to}: không phải một trong: {names}{more}.")


def _moment(house: "House", given: str) -> datetime:
    """Read a day, which ends with the office's work, or a moment with its zone."""
    from mailbridge.clock import VIETNAM

    try:
        if len(given) == len("2026-12-01"):
            return house.regulation.calendar.end_of_day(date.fromisoformat(given))
        read = datetime.fromisoformat(given)
    except ValueError:
        raise UsageError(f"--deadline {given}: cần ngày dạng 2026-12-01.") from None
    return read if read.tzinfo else read.replace(tzinfo=VIETNAM)
