"""mailbridge search: find documents by number, symbol, words and filters."""

from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mailbridge.cli.context import DEFAULT, Config, Whose, own_office, settings
from mailbridge.cli.exits import UsageError, told
from mailbridge.cli.output import AsJson, as_json, moment, table
from mailbridge.cli.read_fields import day
from mailbridge.cli.register import plain
from mailbridge.cli.words import PARTS, STATES, VERDICTS
from mailbridge.model.document import DocumentState
from mailbridge.model.evidence import Verdict
from mailbridge.model.reading import FieldName, Urgency
from mailbridge.model.search import Filters, Part, Question, Span

if TYPE_CHECKING:
    from mailbridge.model.search import Hit, Match, Page

_URGENT = frozenset(Urgency) - {Urgency.NORMAL}
_ISO = ["%Y-%m-%d"]
Day = datetime | None


def search(
    words: Annotated[
        list[str] | None,
        typer.Argument(metavar="WORDS…", help="A number, a symbol, or words; accents aside."),
    ] = None,
    agency: Annotated[str | None, typer.Option(help="Identifier of the sending agency.")] = None,
    type_: Annotated[str | None, typer.Option("--type", help="Type, as 'cong van'.")] = None,
    verdict: Annotated[list[Verdict] | None, typer.Option(help="Legal value.")] = None,
    state: Annotated[list[DocumentState] | None, typer.Option(help="Where it stands.")] = None,
    urgent: Annotated[bool, typer.Option("--urgent", help="Urgent ones alone.")] = False,
    status: Annotated[list[str] | None, typer.Option(help="Code, such as 03.")] = None,
    handler: Annotated[str | None, typer.Option(help="Unit, or address of a person.")] = None,
    signer: Annotated[str | None, typer.Option(help="Words of the name of a signer.")] = None,
    book: Annotated[str | None, typer.Option(help="Book.")] = None,
    year: Annotated[int | None, typer.Option(help="Year of the book.")] = None,
    first: Annotated[int | None, typer.Option("--first", help="Numbers from this one.")] = None,
    last: Annotated[int | None, typer.Option("--last", help="Numbers to this one.")] = None,
    from_: Annotated[Day, typer.Option("--from", formats=_ISO, help="Received from.")] = None,
    until: Annotated[Day, typer.Option(formats=_ISO, help="Received until.")] = None,
    issued_from: Annotated[Day, typer.Option(formats=_ISO, help="Issued from.")] = None,
    issued_until: Annotated[Day, typer.Option(formats=_ISO, help="Issued until.")] = None,
    entered_from: Annotated[Day, typer.Option(formats=_ISO, help="Entered from.")] = None,
    entered_until: Annotated[Day, typer.Option(formats=_ISO, help="Entered until.")] = None,
    files: Annotated[bool | None, typer.Option("--files/--no-files", help="With files.")] = None,
    limit: Annotated[int, typer.Option(min=1, max=1000)] = 20,
    after: Annotated[str | None, typer.Option(metavar="CURSOR", help="The next page.")] = None,
    rebuild: Annotated[bool, typer.Option("--rebuild", help="Index everything anew.")] = False,
    config: Config = DEFAULT,
    office: Whose = None,
    json_: AsJson = False,
) -> None:
    """Find documents: exact number or symbol first, then all that have every word, newest first."""
    filters = Filters(
        book=book,
        year=year,
        ordinals=(first, last),
        issued=_span(issued_from, issued_until),
        received=_span(from_, until),
        entered=_span(entered_from, entered_until),
        agency=agency,
        type=type_,
        urgency=_URGENT if urgent else frozenset(),
        verdict=frozenset(verdict or ()),
        state=frozenset(state or ()),
        status=frozenset(status or ()),
        handler=handler,
        signer=signer,
        has_files=files,
    )
    with told():
        if rebuild:
            _rebuild(config)
            return
        page = _found(config, office, Question("", " ".join(words or ()), filters, limit, after))
        if json_:
            as_json({"hits": [_plain(hit) for hit in page.hits], "after": page.after})
            return
        _show(page)


def _span(first: Day, last: Day) -> Span:
    return Span(_date(first), _date(last))


def _date(value: Day) -> date | None:
    return value.date() if value else None


def _found(config: Path, office: str | None, question: Question) -> "Page":
    from dataclasses import replace

    from mailbridge import wiring
    from mailbridge.registry.search import CursorError, find

    loaded = settings(config)
    question = replace(question, office=own_office(loaded, office))
    try:
        with wiring.database(loaded).reading() as tx:
            return find(tx, question)
    except CursorError as error:
        raise UsageError(f"--after {error}: không phải dấu trang của lần tìm trước.") from error


def _rebuild(config: Path) -> None:
    from mailbridge import wiring
    from mailbridge.registry import search_index

    database = wiring.database(settings(config))
    last: int | None = 0
    while last is not None:
        with database.transaction() as tx:
            last = search_index.rebuild(tx, last)
    typer.echo("Đã lập lại chỉ mục tìm kiếm.")


def _show(page: "Page") -> None:
    table(
        "Kết quả tìm kiếm",
        ("Số đến", "Ngày đến", "Cơ quan gửi", "Số, ký hiệu", "Ngày VB", "Trích yếu", "Giá trị",
         "Trạng thái", "Tìm thấy ở"),
        [_row(hit) for hit in page.hits],
    )  # fmt: skip
    if page.after:
        typer.echo(f"Còn nữa: thêm --after {page.after}")


def _row(hit: "Hit") -> tuple[object, ...]:
    document, reading = hit.document, hit.document.reading
    return (
        document.number or "",
        moment(document.entered_at or document.received_at),
        document.author,
        document.key.symbol or "",
        day(document.key.date),
        reading.value(FieldName.SUMMARY) or document.subject,
        VERDICTS[document.verdict],
        STATES.get(document.state, document.state),
        "đúng số, ký hiệu" if hit.exact else "; ".join(_where(one) for one in hit.matches),
    )


def _where(match: "Match") -> str:
    if match.part is Part.FILE:
        return f"{PARTS[match.part]} {match.name}"
    return f"{PARTS[match.part]}: {match.text}"


def _plain(hit: "Hit") -> dict[str, object]:
    matches = [{"part": m.part, "name": m.name, "text": m.text} for m in hit.matches]
    return {"document": plain(hit.document), "exact": hit.exact, "matches": matches}
