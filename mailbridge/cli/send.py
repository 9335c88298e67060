"""mailbridge send: a document leaves, checked, numbered and followed."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mailbridge.cli import named
from mailbridge.cli.again import working
from mailbridge.cli.context import (
    DEFAULT,
    By,
    Config,
    Whose,
    iso,
    own_office,
    person,
    settings,
    urgent,
)
from mailbridge.cli.exits import AnswerIsNoError, UsageError, told
from mailbridge.cli.output import AsJson, as_json
from mailbridge.model.reading import FieldName
from mailbridge.model.sending import Business, NumberWish

if TYPE_CHECKING:
    from mailbridge.actions.house import House
    from mailbridge.model.sending import DraftFile, Hindrance, NotSent, Sent

_WEIGHS = {"block": "CHẶN", "warn": "cảnh báo"}


def send(
    files: Annotated[list[Path], typer.Argument(metavar="FILE…", help="The main file first.")],
    to: Annotated[
        list[str], typer.Option("--to", help="Identifier or mailbox of a recipient; repeatable.")
    ],
    symbol: Annotated[str, typer.Option("--symbol", help="12-CV/HU, if not printed.")] = "",
    date_: Annotated[str, typer.Option("--date", help="Date of issue, 24/11/2026.")] = "",
    type_: Annotated[str, typer.Option("--type", help="Công văn, Quyết định, …")] = "",
    summary: Annotated[str, typer.Option("--summary", help="Trích yếu.")] = "",
    signer: Annotated[str, typer.Option("--signer", help="Who signed.")] = "",
    urgency: Annotated[
        str, typer.Option("--urgency", help="thường, khẩn, thượng khẩn, hỏa tốc.")
    ] = "",
    number: Annotated[
        str,
        typer.Option(
            "--number",
            help="next: the printed number if it is reserved or next; printed: another system's; "
            "or the name of a reserved number.",
        ),
    ] = "next",
    book: Annotated[str | None, typer.Option("--book", help="Book of outgoing documents.")] = None,
    ground: Annotated[str, typer.Option("--ground", help="Why mail is used (Điều 5.3).")] = "",
    due: Annotated[str, typer.Option("--due", help="To be handled by, 30/11/2026.")] = "",
    encrypt: Annotated[bool, typer.Option("--encrypt", help="Lock it for recipients.")] = False,
    replaces: Annotated[
        list[str] | None,
        typer.Option("--replaces", help="Sent document that it replaces; repeatable."),
    ] = None,
    reason: Annotated[str, typer.Option("--reason", help="Why it replaces them.")] = "",
    overrule: Annotated[
        str, typer.Option("--overrule", help="Send in spite of warnings, for this reason.")
    ] = "",
    by: By = None,
    config: Config = DEFAULT,
    office: Whose = None,
    json_: AsJson = False,
) -> None:
    """Send a document to other agencies; says every hindrance, and sends nothing then."""
    from mailbridge import clock
    from mailbridge.actions.send import send as do
    from mailbridge.model.sending import Draft, NotSent

    with told(), working(config) as house:
        code = own_office(settings(config), office)
        fields = {
            FieldName.SYMBOL: symbol,
            FieldName.DATE: iso("--date", date_),
            FieldName.TYPE: type_,
            FieldName.SUMMARY: summary,
            FieldName.SIGNER: signer,
        }
        wish, reserved = _wish(house, number, code)
        draft = Draft(
            office=code,
            files=_stored(house, files),
            to=tuple(to),
            fields={name: value for name, value in fields.items() if value.strip()},
            urgency=urgent("--urgency", urgency) if urgency else None,
            number=wish,
            reserved=reserved,
            book=book,
            ground=ground,
            due=date.fromisoformat(iso("--due", due)) if due else None,
            encrypt=encrypt,
            business=Business.REPLACE if replaces else Business.NEW,
            replaces=tuple(named.sent(house.database, one, code).id for one in replaces or ()),
            reason=reason,
            overrule=overrule,
        )
        done = _cured(do(house, draft, person(by), clock.now()))
        if json_:
            _as_json(done)
        if isinstance(done, NotSent):
            raise AnswerIsNoError(_hindered(done.hindrances))
        if not json_:
            _say(done)


def _cured(done: "Sent | NotSent") -> "Sent | NotSent":
    from mailbridge.model.sending import NotSent
    from mailbridge.rules.cures import Way, cured

    return cured(done, Way.COMMAND) if isinstance(done, NotSent) else done


def _stored(house: "House", files: list[Path]) -> "tuple[DraftFile, ...]":
    from mailbridge.actions.drafting import kept

    try:
        return tuple(kept(house, path) for path in files)
    except OSError as error:
        raise UsageError(f"{error.filename}: không đọc được tệp ({error.strerror}).") from error


def _wish(house: "House", number: str, office: str) -> tuple[NumberWish, int | None]:
    if number in {NumberWish.NEXT, NumberWish.PRINTED}:
        return NumberWish(number), None
    return NumberWish.RESERVED, named.entry(house.database, number, office).id


def _hindered(found: "tuple[Hindrance, ...]") -> str:
    lines = [f"- [{_WEIGHS[one.weigh]}] {one.words}" for one in found]
    blocks = any(one.weigh == "block" for one in found)
    cure = "" if blocks else "\nNếu vẫn gửi: --overrule “lý do” (ghi lại cùng tên người gửi)."
    return "Chưa gửi, chưa ghi gì vào sổ:\n" + "\n".join(lines) + cure


def _say(done: "Sent") -> None:
    number = f", số đi {done.number}" if done.number else ""
    names = "; ".join(party.name or party.agency for party in done.recipients[:10])
    more = len(done.recipients) - 10
    typer.echo(
        f"Đã ghi gửi văn bản {done.symbol} (sent:{done.document}{number}) tới "
        f"{len(done.recipients)} nơi: {names}{f' và {more} nơi khác' if more > 0 else ''}."
    )


def _as_json(done: "Sent | NotSent") -> None:
    from dataclasses import asdict

    as_json(asdict(done))
