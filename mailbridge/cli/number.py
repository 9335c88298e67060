"""mailbridge number reserve | list | void: outgoing numbers before there is a document; hủy số."""

from typing import Annotated

import typer

from mailbridge.cli import named
from mailbridge.cli.context import (
    DEFAULT,
    By,
    Config,
    Whose,
    one_or_all,
    own_office,
    person,
    settings,
)
from mailbridge.cli.exits import AnswerIsNoError, UsageError, told
from mailbridge.cli.output import AsJson, as_json, moment, table
from mailbridge.model.entry import Entry

app = typer.Typer(help="Numbers of the books: reserved, void.", no_args_is_help=True)


@app.command()
def reserve(
    book: Annotated[str | None, typer.Option("--book", help="Default: the default book.")] = None,
    type_: Annotated[str, typer.Option("--type", help='"Quyết định", or QĐ.')] = "",
    words: Annotated[str, typer.Option("--for", help="What it is for; stays in the book.")] = "",
    drafter: Annotated[str, typer.Option("--drafter", help="Unit, for 15/BNV-VP.")] = "",
    secret: Annotated[
        bool, typer.Option("--secret", help="For a secret document: no word of it is kept.")
    ] = False,
    by: By = None,
    config: Config = DEFAULT,
    office: Whose = None,
    json_: AsJson = False,
) -> None:
    """Take the next outgoing number, before the document is printed and signed."""
    from mailbridge import clock, wiring
    from mailbridge.actions.entering import Wish
    from mailbridge.actions.reserve import reserve as do
    from mailbridge.rules.numbering import NumberingError

    with told():
        loaded = settings(config)
        wish = Wish(book=book, type=type_, words=words, drafter=drafter, secret=secret)
        code = own_office(loaded, office)
        try:
            entry = do(wiring.house(loaded), code, wish, person(by), clock.now())
        except NumberingError as error:
            raise UsageError(str(error)) from error
        if json_:
            as_json(plain(entry))
            return
        printed = f"; số và ký hiệu: {entry.symbol}" if entry.symbol else ""
        typer.echo(f"Đã giữ số {entry.name}{printed}.")


@app.command("list")
def list_(
    book: Annotated[str | None, typer.Option("--book", help="Default: all books.")] = None,
    all_: Annotated[bool, typer.Option("--all", help="Not only what is reserved.")] = False,
    limit: Annotated[int, typer.Option("--limit", min=1)] = 50,
    config: Config = DEFAULT,
    office: Whose = None,
    json_: AsJson = False,
) -> None:
    """List reserved numbers, oldest first; with --all the newest lines, void ones too."""
    from mailbridge import wiring
    from mailbridge.registry import entries

    with told():
        loaded = settings(config)
        whose = one_or_all(loaded, office)
        with wiring.database(loaded).reading() as tx:
            if all_:
                found = entries.of_book(tx, whose, book, limit)
            else:
                found = tuple(
                    one for one in entries.reserved(tx, whose) if book in {None, one.number.book}
                )
        if json_:
            as_json([plain(one) for one in found])
            return
        table(
            "Số trong sổ",
            ("Số", "Số, ký hiệu", "Lúc", "Người lấy số", "Thể loại", "Ghi chú"),
            [
                (
                    one.name,
                    one.symbol or "",
                    moment(one.entered_at),
                    one.taken_by,
                    one.type,
                    named.words(one),
                )
                for one in found
            ],
        )


@app.command()
def void(
    name: Annotated[str, typer.Argument(metavar="N", help="BOOK:431/2026, 12-QĐ/2025, 12-QĐ/ĐU.")],
    why: Annotated[str, typer.Option("--why", help="Reason; stays in the book.")],
    by: By = None,
    config: Config = DEFAULT,
    office: Whose = None,
) -> None:
    """Void a number (hủy số): it stays in the book with its reason and is never given again."""
    from mailbridge import clock, wiring
    from mailbridge.actions.void import CannotVoidError
    from mailbridge.actions.void import void as do

    with told():
        if not why.strip():
            raise UsageError("--why: hủy số phải có lý do.")
        house = wiring.house(settings(config))
        entry = named.entry(house.database, name, office)
        try:
            voided = do(house, entry.id, why.strip(), person(by), clock.now())
        except CannotVoidError as error:
            raise AnswerIsNoError(f"Số {error} đã hủy từ trước.") from error
        typer.echo(f"Đã hủy số {voided.name}; số vẫn nằm trong sổ và không dùng lại.")


def plain(entry: Entry) -> dict[str, object]:
    """Give an entry as JSON values."""
    return {
        "name": entry.name,
        "office": entry.office,
        "book": entry.number.book,
        "series": entry.number.series,
        "year": entry.number.year,
        "ordinal": entry.number.ordinal,
        "direction": entry.direction.value,
        "state": entry.state.value,
        "symbol": entry.symbol,
        "type": entry.type,
        "purpose": entry.purpose,
        "taken_by": entry.taken_by,
        "entered_at": entry.entered_at,
        "voided_at": entry.voided_at,
        "voided_by": entry.voided_by,
        "void_why": entry.void_why,
    }
