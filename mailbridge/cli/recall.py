"""mailbridge recall: a document that we sent is called back (Điều 9.2).

What others call back from us is destroyed by `recall pending` and `recall destroy` (Điều 10.2).
"""

from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperGroup

from mailbridge.cli.context import DEFAULT, By, Config, Whose, person, settings
from mailbridge.cli.exits import AnswerIsNoError, told
from mailbridge.cli.named import entry, words
from mailbridge.cli.output import AsJson, as_json, moment, table
from mailbridge.model.outcome import Direction

if TYPE_CHECKING:
    from mailbridge.actions.reach import Reach
    from mailbridge.actions.recall import Asked
    from mailbridge.model.document import Document
    from mailbridge.registry.database import Database


class _OrAsk(TyperGroup):
    """`recall 12 --reason …` asks; `recall status`, `pending` and `destroy` are named."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Take what names no command for a document to call back."""
        if args and args[0] not in self.commands and args[0] != "--help":
            args = ["ask", *args]
        return super().parse_args(ctx, args)


app = typer.Typer(
    cls=_OrAsk, help="Call a document back, and destroy what is called back.", no_args_is_help=True
)

Outgoing = Annotated[
    str, typer.Argument(metavar="N", help="Number of an outgoing document: 12 or 12/2026.")
]


@app.command()
def ask(
    name: Outgoing,
    reason: Annotated[str, typer.Option("--reason", help="Why; the recipients read it.")],
    to: Annotated[
        list[str] | None,
        typer.Option("--to", metavar="CODE", help="Only from this recipient; repeatable."),
    ] = None,
    by: By = None,
    config: Config = DEFAULT,
    office: Whose = None,
) -> None:
    """Call a document back from all its recipients, or from those named."""
    from mailbridge import clock, wiring
    from mailbridge.actions.recall import CannotRecallError, Wish, recall

    with told():
        house = wiring.house(settings(config))
        document = _outgoing(house.database, name, office)
        wish = Wish(reason, tuple(to or ()))
        try:
            done = recall(house, document.id, wish, person(by), clock.now())
        except CannotRecallError as error:
            raise AnswerIsNoError(f"Văn bản số {name}: {error}.") from error
        table(
            f"Thu hồi văn bản {document.key.symbol or name}",
            ("Nơi nhận", "Mã", "Kết quả"),
            [(one.exchange.to.name, one.exchange.to.agency, _done(one.done)) for one in done],
        )
        typer.echo("Bản lưu của cơ quan ta được giữ nguyên. Theo dõi: mailbridge recall status.")


@app.command()
def status(
    name: Outgoing, config: Config = DEFAULT, office: Whose = None, json_: AsJson = False
) -> None:
    """Show how far a recall has come, recipient by recipient."""
    from mailbridge import wiring
    from mailbridge.actions.reach import reach

    with told():
        house = wiring.house(settings(config))
        document = _outgoing(house.database, name, office)
        with house.database.reading() as tx:
            found = reach(tx, document.id)
        if json_:
            as_json([_plain(one) for one in found])
            return
        table(
            f"Thu hồi văn bản {document.key.symbol or name}",
            ("Nơi nhận", "Yêu cầu lúc", "Kết quả", "Đã hủy", "Chưa hủy được hoặc lý do"),
            [_row(one) for one in found],
        )


def _outgoing(database: "Database", name: str, office: str | None) -> "Document":
    from mailbridge.registry import documents

    named = entry(database, name, office, Direction.OUT)
    with database.reading() as tx:
        known = documents.get(tx, named.document) if named.document else None
    if known is None:
        raise AnswerIsNoError(f"Số {named.name} chưa có văn bản: {words(named)}.")
    return known


def _done(done: "Asked") -> str:
    return {
        "withdrawn": "Thư chưa gửi; đã hủy, sẽ không gửi",
        "asked": "Đã yêu cầu hủy bỏ",
        "before": "Đã yêu cầu trước đó, chờ phản hồi",
        "done": "Nơi nhận đã hủy bỏ",
    }[done]


def _row(one: "Reach") -> tuple[object, ...]:
    proof = one.answer.proof if one.answer else None
    weak = " (phản hồi không ký số)" if one.answer and one.answer.is_weak else ""
    left = "; ".join(proof.left) if proof else one.answer.words if one.answer else ""
    said = {
        "not-asked": "Chưa yêu cầu",
        "withdrawn": "Thư chưa gửi, đã hủy",
        "silent": "Chưa phản hồi",
        "destroyed": "Đã hủy bỏ (15)",
        "refused": "Không thực hiện (16)",
    }[one.state]
    gone = f"{len(proof.erased)} tệp; {', '.join(proof.copies)}" if proof else ""
    return one.exchange.to.name, moment(one.asked_at), said + weak, gone, left


def _plain(one: "Reach") -> dict[str, Any]:
    return {
        "to": asdict(one.exchange.to),
        "state": one.state.value,
        "asked_at": one.asked_at,
        "answer": asdict(one.answer) if one.answer else None,
    }
