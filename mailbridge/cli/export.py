"""mailbridge export: the book for other programs, and one document with all that belongs to it."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from mailbridge.cli.context import DEFAULT, By, Config, Whose, own_office, person, settings
from mailbridge.cli.exits import AnswerIsNoError, UsageError, told
from mailbridge.cli.prints import Book, From, Until, days_of, lines_of
from mailbridge.cli.register import Name, found
from mailbridge.cli.writing import Force, To, write, written

app = typer.Typer(help="Write the book as XLSX, CSV or JSON Lines; a document as ZIP.")


class Form(StrEnum):
    """What the book is written as."""

    XLSX = "xlsx"
    CSV = "csv"
    JSONL = "jsonl"


@app.callback(invoke_without_command=True)
def export(
    context: typer.Context,
    form: Annotated[Form, typer.Option("--format", help="What the book is written as.")] = (
        Form.XLSX
    ),
    to: Annotated[Path | None, typer.Option("--to", help="File to write.")] = None,
    from_: From = None,
    until: Until = None,
    book: Book = None,
    delimiter: Annotated[str, typer.Option(help="Between cells of CSV: , or ;")] = ",",
    mark: Annotated[
        bool, typer.Option("--bom/--no-bom", help="Begin CSV with the mark that Excel needs.")
    ] = True,
    office: Whose = None,
    force: Force = False,
    config: Config = DEFAULT,
) -> None:
    """Write the book of incoming documents as XLSX, CSV or JSON Lines."""
    if context.invoked_subcommand is not None:
        return
    from mailbridge import clock, wiring
    from mailbridge.prints import sheet
    from mailbridge.prints.book_rows import rows

    with told():
        if to is None:
            raise UsageError("Thiếu --to: tệp để ghi.")
        if delimiter not in {",", ";", "\t"}:
            raise UsageError("--delimiter: chỉ dùng dấu phẩy, dấu chấm phẩy hoặc tab.")
        loaded = settings(config)
        lines = lines_of(loaded, own_office(loaded, office), book, days_of(from_, until))
        made = tuple(rows(lines, wiring.regulation(loaded).statuses.label))
        octets = sheet.as_json_lines(made)
        if form is Form.XLSX:
            octets = sheet.as_xlsx(made, "Sổ đăng ký văn bản đến", clock.now())
        elif form is Form.CSV:
            octets = sheet.as_csv(made, mark=mark, delimiter=delimiter)
        write(to, octets, force=force)


@app.command()
def document(
    name: Name,
    to: To,
    by: By = None,
    office: Whose = None,
    force: Force = False,
    config: Config = DEFAULT,
) -> None:
    """Write one document as ZIP: original mail, files, evidence, history, and their SHA-256."""
    from mailbridge import clock, wiring
    from mailbridge.actions.bundle import CannotBundleError, bundle

    with told():
        house = wiring.house(settings(config))
        chosen = found(house.database, name, office)
        try:
            with written(to, force=force) as out:
                bundle(house, chosen, out, person(by), clock.now())
        except CannotBundleError as error:
            raise AnswerIsNoError(f"Không xuất được: {error}.") from error
