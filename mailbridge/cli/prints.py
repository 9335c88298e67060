"""mailbridge print: books, stamps and slips as PDF."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from mailbridge.cli.context import DEFAULT, Config, Whose, own_office, settings
from mailbridge.cli.exits import AnswerIsNoError, UsageError, told
from mailbridge.cli.writing import Force, To, write

if TYPE_CHECKING:
    from mailbridge.model.book_row import BookLine
    from mailbridge.model.directory import Agency
    from mailbridge.registry.database import Database
    from mailbridge.settings.schema import Settings

app = typer.Typer(
    help="Print books, stamps and slips as PDF, to be signed for and bound.", no_args_is_help=True
)

_ISO = ["%Y-%m-%d"]
From = Annotated[datetime | None, typer.Option("--from", formats=_ISO, help="From this day.")]
Until = Annotated[datetime | None, typer.Option("--until", formats=_ISO, help="To this day.")]
Book = Annotated[str | None, typer.Option("--book", help="Book; default: the office's own.")]


@app.command("so-den")
def so_den(
    to: To,
    from_: From = None,
    until: Until = None,
    book: Book = None,
    office: Whose = None,
    force: Force = False,
    config: Config = DEFAULT,
) -> None:
    """Print the book of incoming documents (sổ đăng ký văn bản đến)."""
    with told():
        volume = _volume(settings(config), "so-den", office, book, days_of(from_, until))
        write(to, volume, force=force)


@app.command("theo-doi")
def theo_doi(
    to: To,
    from_: From = None,
    until: Until = None,
    book: Book = None,
    office: Whose = None,
    force: Force = False,
    config: Config = DEFAULT,
) -> None:
    """Print how incoming documents are handled (sổ theo dõi giải quyết văn bản đến)."""
    with told():
        volume = _volume(settings(config), "theo-doi", office, book, days_of(from_, until))
        write(to, volume, force=force)


@app.command("so-di")
def so_di(
    to: To,
    from_: From = None,
    until: Until = None,
    book: Annotated[str, typer.Option("--book", help="Book of outgoing documents.")] = "di",
    post: Annotated[
        bool, typer.Option("--post", help="What went by post (sổ gửi văn bản đi bưu điện).")
    ] = False,
    office: Whose = None,
    force: Force = False,
    config: Config = DEFAULT,
) -> None:
    """Print the book of outgoing documents (sổ đăng ký văn bản đi)."""
    with told():
        name = "buu-dien" if post else "so-di"
        volume = _volume(settings(config), name, office, book, days_of(from_, until))
        write(to, volume, force=force)


def days_of(first: datetime | None, until: datetime | None) -> "tuple[date | None, date | None]":
    """Give the days that are meant; raises UsageError for those that end before they begin."""
    days = (first.date() if first else None, until.date() if until else None)
    if days[0] and days[1] and days[1] < days[0]:
        raise UsageError("--until: phải từ ngày --from trở đi.")
    return days


def _volume(
    loaded: "Settings",
    name: str,
    office: str | None,
    book: str | None,
    days: "tuple[date | None, date | None]",
) -> bytes:
    from mailbridge import clock, wiring
    from mailbridge.model.book_row import BookPrint
    from mailbridge.prints.book import book as printed
    from mailbridge.prints.book_rows import rows
    from mailbridge.registry import closings

    layout, statuses = wiring.layout(loaded, name), wiring.regulation(loaded).statuses
    database, code = wiring.database(loaded), own_office(loaded, office)
    lines = lines_of(loaded, code, book, days)
    own, above = agency(database, code)
    with database.reading() as tx:
        closed = {date.fromisoformat(one.day): one.digest for one in closings.of_office(tx, code)}
    return printed(
        BookPrint(
            layout=layout,
            agency=own.name,
            above=above,
            rows=tuple(rows(lines, statuses.label)),
            printed_at=clock.now(),
            first=days[0],
            until=days[1],
            closings=closed,
        )
    )


def lines_of(
    loaded: "Settings",
    code: str,
    book: str | None,
    days: "tuple[date | None, date | None]",
) -> "tuple[BookLine, ...]":
    """List the numbers of a book of ours; raises AnswerIsNoError where there are none."""
    from mailbridge import wiring
    from mailbridge.model.outcome import BookName
    from mailbridge.registry import volumes

    own = next(one.book for one in loaded.office if one.agency == code)
    with wiring.database(loaded).reading() as tx:
        found = volumes.lines(tx, BookName(code, book or own), *days)
    if not found:
        raise AnswerIsNoError("Sổ không có văn bản nào trong những ngày ấy; không in gì.")
    return found


def agency(database: "Database", code: str) -> "tuple[Agency, str]":
    """Name an agency of ours, and the one above it."""
    from mailbridge.model.directory import Agency
    from mailbridge.registry import agencies

    with database.reading() as tx:
        directory = agencies.directory(tx)
    own = directory.by_code(code) or Agency(code, code)
    above = directory.by_code(own.parent) if own.parent else None
    return own, above.name if above else ""
