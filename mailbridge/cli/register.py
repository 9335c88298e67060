"""mailbridge register: the book; release, refuse, acknowledge: what clerks decide."""

from typing import TYPE_CHECKING, Annotated

import typer

from mailbridge.cli import named, read_fields, register_rows, tracking
from mailbridge.cli.context import DEFAULT, By, Config, Whose, mailboxes, person, settings
from mailbridge.cli.corrections import confirm, correct, plain_history, show_history
from mailbridge.cli.exits import AnswerIsNoError, UsageError, told
from mailbridge.cli.output import AsJson, Narrow, as_json, moment, pairs, table
from mailbridge.cli.paper import add
from mailbridge.cli.words import LEVELS
from mailbridge.model.errors import Reason
from mailbridge.model.outcome import Direction

if TYPE_CHECKING:
    from mailbridge.model.document import Document
    from mailbridge.rules.receiving import ReceiveBy
    from mailbridge.rules.regulation import Regulation

app = typer.Typer(help="The books: what came and what left.", no_args_is_help=True)
app.command()(add)
app.command()(correct)
app.command()(confirm)

_TITLES = {
    Direction.OUT: ("Sổ đăng ký văn bản đi", "Ngày vào sổ", "Số đi"),
    Direction.IN: ("Sổ đăng ký văn bản đến", "Ngày đến", "Số đến"),
}

found = named.document

Name = Annotated[str, typer.Argument(metavar="N", help="431, 431/2026 or BOOK:431/2026.")]


@app.command("list")
def list_(
    config: Config = DEFAULT,
    office: Whose = None,
    status: Annotated[
        str | None, typer.Option("--status", help="Only those that stand there: code or name.")
    ] = None,
    out: Annotated[bool, typer.Option("--out", help="Outgoing documents.")] = False,
    limit: Annotated[int, typer.Option("--limit", min=1)] = 50,
    json_: AsJson = False,
) -> None:
    """List entered documents, newest first; `number list --all` lists every number."""
    from mailbridge import wiring
    from mailbridge.registry import also, documents, exchanges

    with told():
        loaded = settings(config)
        mailboxes(loaded, office)
        statuses = wiring.regulation(loaded).statuses
        wanted = statuses.find(status) if status else None
        code = wanted.code if wanted else status
        direction = Direction.OUT if out else Direction.IN
        with wiring.database(loaded).reading() as tx:
            entered = documents.entered(tx, limit, office, code, direction)
            ways = also.of_documents(tx, [document.id for document in entered])
            sent = {d.id: exchanges.of_document(tx, d.id) for d in entered if out}
        if json_:
            as_json([plain(d) | {"also": tracking.ways(ways, d)} for d in entered])
            return
        titles = _TITLES[direction]
        table(
            titles[0],
            (*map(Narrow, titles[1:]), *register_rows.HEADINGS),
            [
                (
                    *register_rows.row(d),
                    register_rows.stands(d, sent, statuses) + tracking.said(ways, d),
                )
                for d in entered
            ],
        )


@app.command()
def show(
    name: Name,
    config: Config = DEFAULT,
    office: Whose = None,
    history: Annotated[
        bool, typer.Option("--history", help="Its corrections and what the journal tells.")
    ] = False,
    json_: AsJson = False,
) -> None:
    """Show one document with its fields, files and findings, or its history."""
    from mailbridge import wiring
    from mailbridge.registry import evidence

    with told():
        loaded = settings(config)
        database = wiring.database(loaded)
        document = named.document(database, name, office)
        if json_:
            more = plain_history(database, document) if history else {}
            as_json(plain(document) | tracking.plain(database, document) | more)
            return
        if history:
            show_history(database, document)
            return
        with database.reading() as tx:
            records = evidence.of_document(tx, document.id)
        regulation = wiring.regulation(loaded)
        _show(document, _due(document, regulation))
        tracking.show(database, document, regulation.statuses)
        findings = [finding for record in records[-1:] for finding in record.findings]
        table(
            "Kết quả kiểm tra văn bản điện tử",
            ("Mức", "Nội dung", "Căn cứ"),
            [(LEVELS[f.level], f.text, f.cites) for f in findings],
        )


def release(
    row: Annotated[int, typer.Argument(metavar="MAIL", help="Ledger id of the held mail.")],
    why: Annotated[str, typer.Option("--why", help="Reason; stays in the journal.")],
    by: By = None,
    config: Config = DEFAULT,
) -> None:
    """Register a held document. Its verdict stays what it was."""
    from mailbridge import clock, wiring
    from mailbridge.actions.release import NotHeldError
    from mailbridge.actions.release import release as do

    with told():
        try:
            document = do(wiring.house(settings(config)), row, person(by), why, clock.now())
        except NotHeldError as error:
            raise AnswerIsNoError(f"Không có văn bản nào đang chờ ở {error}.") from error
        typer.echo(f"Đã vào sổ số {document.number}; giấy báo tiếp nhận sẽ gửi cho nơi gửi.")


def refuse(
    row: Annotated[int, typer.Argument(metavar="MAIL", help="Ledger id of the mail.")],
    reason: Annotated[Reason, typer.Option("--reason", help="Ground that may be told.")],
    words: Annotated[str, typer.Option("--words", help="The clerk's own words.")] = "",
    by: By = None,
    config: Config = DEFAULT,
) -> None:
    """Return a document to its sender (receipt 02), held or already registered."""
    from mailbridge import clock, wiring
    from mailbridge.actions import refuse as refusing
    from mailbridge.actions.owing import Ground
    from mailbridge.letters.grounds import GROUNDS
    from mailbridge.registry import documents

    with told():
        if reason not in GROUNDS:
            raise UsageError(f"{reason}: không trả lại vì lý do này; chọn: {', '.join(GROUNDS)}.")
        house = wiring.house(settings(config))
        with house.database.reading() as tx:
            document = documents.by_ledger(tx, row)
        if document is None:
            raise AnswerIsNoError(f"Thư số {row} không có văn bản.")
        what = f"{named.said(document)} (sổ thư số {row}, số đến {document.number or 'chưa có'})"
        named.agreed(f"Trả lại nơi gửi văn bản {what}.")
        try:
            refusing.refuse(house, document.id, Ground(reason, words), person(by), clock.now())
        except refusing.CannotRefuseError as error:
            raise AnswerIsNoError(f"Không trả lại được: {error}.") from error
        typer.echo(f"Đã ghi trả lại {what}; giấy báo từ chối sẽ gửi tới {document.sender}.")


def acknowledge(name: Name, by: By = None, config: Config = DEFAULT, office: Whose = None) -> None:
    """Say that somebody has an urgent document in hand."""
    from mailbridge import clock, wiring
    from mailbridge.actions.acknowledge import acknowledge as do

    with told():
        house = wiring.house(settings(config))
        document = named.document(house.database, name, office)
        do(house, document, person(by), clock.now())
        typer.echo(f"Đã ghi nhận: {person(by)} đã nhận văn bản số đến {document.number}.")


def plain(document: "Document") -> dict[str, object]:
    """Give a document as JSON values."""
    import json

    from mailbridge.model import codec
    from mailbridge.model.document import Document

    value: dict[str, object] = json.loads(codec.encode(Document, document))
    return value


def _due(document: "Document", regulation: "Regulation") -> "ReceiveBy":
    from mailbridge.rules.receiving import receive_by

    return receive_by(
        document.reading,
        document.received_at,
        regulation.calendar,
        regulation.handling,
        regulation.minutes,
        regulation.answer,
    )


def _show(document: "Document", due: "ReceiveBy") -> None:
    kind = "đi" if document.direction is Direction.OUT else "đến"
    sender = f" <{document.sender}>" if document.sender else ""
    pairs(
        f"Văn bản {kind} số {document.number}" if document.number else "Văn bản chờ xem xét",
        [
            ("Nơi gửi", f"{document.agency_name}{sender}"),
            ("Giá trị", register_rows.worth(document)),
            ("Mức độ khẩn", document.urgency),
            ("Nhận lúc", moment(document.received_at)),
            ("Vào sổ lúc", moment(document.entered_at)),
            ("Hạn phản hồi", moment(due.answer)),
            (
                "Hạn xử lý đề nghị",
                f"{moment(due.handle)} ({due.why})" if due.handle else "(không ghi)",
            ),
            ("Chuyển tới", document.handler or ""),
            ("Người nhận xử lý", document.acknowledged_by or ""),
        ],
    )
    table(
        "Thông tin đọc được",
        ("Trường", "Giá trị", "Đọc từ", "Độ tin cậy", "Giá trị khác"),
        read_fields.rows(document),
    )
    table(
        "Tệp",
        ("Tên", "Kích thước", "Loại", "SHA-256"),
        [(f.name, f.size, f.type, f.sha256) for f in document.files],
    )
