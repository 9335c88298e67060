"""mailbridge register add: what came or left on paper, in the same book."""

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mailbridge.cli import named
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
from mailbridge.model.outcome import Direction
from mailbridge.model.reading import FieldName, Urgency

if TYPE_CHECKING:
    from mailbridge.actions.enter_paper import Paper
    from mailbridge.actions.house import House
    from mailbridge.model.document import Document
    from mailbridge.model.parcel import File


def add(
    summary: Annotated[str, typer.Option("--summary", help="Trích yếu.")],
    symbol: Annotated[str, typer.Option("--symbol", help="12-CV/VPTU; incoming only.")] = "",
    date_: Annotated[str, typer.Option("--date", help="Date of issue, 2026-11-24.")] = "",
    type_: Annotated[str, typer.Option("--type", help="Công văn, Quyết định, …")] = "",
    agency: Annotated[str, typer.Option("--agency", help="Identifier of the issuer.")] = "",
    issuer: Annotated[str, typer.Option("--issuer", help="Its name, if it has none.")] = "",
    signer: Annotated[str, typer.Option("--signer", help="Who signed.")] = "",
    to: Annotated[str, typer.Option("--to", help="Nơi nhận; separated by ;.")] = "",
    file: Annotated[list[Path] | None, typer.Option("--file", help="A scan; repeatable.")] = None,
    urgency: Annotated[
        str, typer.Option("--urgency", help="thường, khẩn, thượng khẩn, hỏa tốc.")
    ] = "thường",
    received: Annotated[
        datetime | None, typer.Option("--received", help="When it came, Vietnam time.")
    ] = None,
    out: Annotated[bool, typer.Option("--out", help="It left; else it came.")] = False,
    book: Annotated[str | None, typer.Option("--book", help="Book of outgoing documents.")] = None,
    number: Annotated[
        str | None, typer.Option("--number", help="Reserved number of an outgoing document.")
    ] = None,
    drafter: Annotated[str, typer.Option("--drafter", help="Unit, for 15/BNV-VP.")] = "",
    anyway: Annotated[bool, typer.Option("--anyway", help="Although it is known.")] = False,
    why: Annotated[str, typer.Option("--why", help="Reason of --anyway.")] = "",
    by: By = None,
    config: Config = DEFAULT,
    office: Whose = None,
) -> None:
    """Register a document that came or left on paper."""
    from mailbridge import clock, wiring
    from mailbridge.actions.enter_paper import Paper
    from mailbridge.actions.entering import Wish

    with told():
        if anyway and not why.strip():
            raise UsageError("--anyway cần --why: lý do vào sổ văn bản đã có.")
        if (number or book) and not out:
            raise UsageError("--number và --book chỉ dùng với --out.")
        loaded = settings(config)
        house, now = wiring.house(loaded), clock.now()
        code = own_office(loaded, office)
        read = urgent("--urgency", urgency)
        fields = {
            FieldName.SYMBOL: symbol,
            FieldName.DATE: iso("--date", date_),
            FieldName.TYPE: type_,
            FieldName.SUMMARY: summary,
            FieldName.ISSUER: issuer,
            FieldName.SIGNER: signer,
            FieldName.RECIPIENTS: to,
            FieldName.URGENCY: read.value if read is not Urgency.NORMAL else "",
        }
        _refuse_secret(fields, file or [])
        paper = Paper(
            office=code,
            direction=Direction.OUT if out else Direction.IN,
            fields={name: value.strip() for name, value in fields.items() if value.strip()},
            received_at=received.replace(tzinfo=clock.VIETNAM) if received else now,
            by=person(by),
            agency=agency,
            urgency=read,
            files=_stored(house, file, now) if file else (),
            reserved=named.entry(house.database, number, code).id if number else None,
            wish=Wish(book=book, type=type_, words=summary, drafter=drafter),
            anyway=why.strip() if anyway else "",
        )
        _said(_entered(house, paper, now))


def _entered(house: "House", paper: "Paper", now: datetime) -> "Document":
    from mailbridge.actions.enter_paper import AlreadyKnownError, NotReservedError, enter_paper
    from mailbridge.rules.numbering import NumberingError

    try:
        return enter_paper(house, paper, now)
    except NumberingError as error:
        raise UsageError(str(error)) from error
    except NotReservedError as error:
        raise AnswerIsNoError(f"Số {error} không phải số đang giữ của sổ văn bản đi.") from error
    except AlreadyKnownError as error:
        known = error.document
        where = f"số {known.number}" if known.number else f"thư số {known.ledger}, đang chờ"
        raise AnswerIsNoError(
            f"Đã có văn bản cùng cơ quan, số, ký hiệu và ngày: {where}. "
            "Nếu vẫn cần vào sổ: --anyway --why “…”."
        ) from error


def _said(document: "Document") -> None:
    symbol = document.key.symbol or ""
    if document.direction is Direction.OUT:
        typer.echo(f"Đã vào sổ văn bản đi: số {document.number} {symbol}".rstrip() + ".")
    else:
        typer.echo(f"Đã vào sổ văn bản đến: số {document.number}.")


def _refuse_secret(fields: dict[FieldName, str], files: list[Path]) -> None:
    """No level of secrecy may stay here, not even in the words of the book (Điều 5.1)."""
    from mailbridge.reading.secrecy import mark_in_name, mark_in_subject

    marked = [mark_in_subject(value) for value in fields.values()]
    marked += [mark_in_name(file.name) for file in files]
    if any(marked):
        raise AnswerIsNoError(
            "Có dấu hiệu mật: văn bản mật không được đăng ký trên hệ thống này (Điều 5.1)."
        )


def _stored(house: "House", files: list[Path], now: datetime) -> "tuple[File, ...]":
    """Keep the scans, each examined first; raises AnswerIsNoError or UsageError."""
    from mailbridge.actions.keep_scans import MarkedScanError, UnreadScanError, keep_scans

    try:
        return keep_scans(house, tuple(files), now)
    except MarkedScanError as error:
        raise AnswerIsNoError(
            f"--file {error}: có dấu hiệu mật; không được lưu trên hệ thống này (Điều 5.1)."
        ) from error
    except UnreadScanError as error:
        raise AnswerIsNoError(
            f"--file {error}: không mở được để kiểm tra dấu mật nên không lưu; quét lại thành PDF."
        ) from error
    except OSError as error:
        raise UsageError(f"--file {error.filename}: không đọc được ({error.strerror}).") from error
    finally:
        house.rooms.opener.close()
        house.rooms.reader.close()
