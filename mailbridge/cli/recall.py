"""mailbridge recall: a document that we sent is called back (Điều 9.2).

What others call back from us is destroyed by `recall pending` and `recall destroy` (Điều 10.2).
"""

from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperGroup

from mailbridge.cli import named
from mailbridge.cli.context import DEFAULT, By, Config, Whose, one_or_all, person, settings
from mailbridge.cli.exits import AnswerIsNoError, told
from mailbridge.cli.named import document as incoming
from mailbridge.cli.output import AsJson, as_json, moment, table

if TYPE_CHECKING:
    from mailbridge.actions.reach import Reach
    from mailbridge.actions.recall import Asked
    from mailbridge.model.document import Document
    from mailbridge.model.recall import Recall


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
    str,
    typer.Argument(metavar="N", help="Number (12), number and notation, or sent:ID."),
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
        document = named.sent(house.database, name, office)
        where = ", ".join(to) if to else "mọi nơi nhận"
        named.agreed(f"Thu hồi văn bản {named.said(document)} từ {where}.")
        wish = Wish(reason, tuple(to or ()))
        try:
            done = recall(house, document.id, wish, person(by), clock.now())
        except CannotRecallError as error:
            raise AnswerIsNoError(f"Văn bản số {name}: {error}.") from error
        table(
            f"Thu hồi văn bản {named.said(document)}",
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
        document = named.sent(house.database, name, office)
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


@app.command()
def pending(config: Config = DEFAULT, office: Whose = None, json_: AsJson = False) -> None:
    """List what others have called back and is not destroyed yet, the oldest first."""
    from mailbridge import wiring
    from mailbridge.actions.destroying import withheld

    with told():
        loaded = settings(config)
        whose = one_or_all(loaded, office)
        with wiring.database(loaded).reading() as tx:
            found = withheld(tx, whose)
        if json_:
            as_json([_waiting(recall, document) for recall, document in found])
            return
        table(
            "Văn bản bị thu hồi, chưa hủy bỏ xong",
            ("Số đến", "Nơi gửi", "Số, ký hiệu", "Lý do thu hồi", "Hủy trước", "Tình trạng"),
            [_withheld(recall, document) for recall, document in found],
        )


@app.command()
def destroy(
    name: Annotated[str, typer.Argument(metavar="N", help="431, 431/2026 or mail:ID.")],
    by: By = None,
    config: Config = DEFAULT,
    office: Whose = None,
) -> None:
    """Destroy a document that its sender has called back (Điều 10.2); the sender gets the proof."""
    from mailbridge import clock, wiring
    from mailbridge.actions.destroying import CannotDestroyError
    from mailbridge.actions.destroying import destroy as do

    with told():
        house = wiring.house(settings(config))
        document = incoming(house.database, name, office)
        try:
            do(house, document.id, person(by), clock.now())
        except CannotDestroyError as error:
            raise AnswerIsNoError(f"Văn bản số {name}: {error}.") from error
        typer.echo(
            f"Văn bản số {name}: đã xóa nội dung khỏi kho và chỉ mục tìm kiếm. Thư trên máy chủ "
            "được dịch vụ xóa tiếp; sau đó nơi gửi nhận phản hồi 15 kèm bằng chứng. Việc còn lại: "
            "mailbridge recall pending."
        )


def _done(done: "Asked") -> str:
    return {
        "withdrawn": "Thư chưa gửi; đã hủy, sẽ không gửi",
        "asked": "Đã yêu cầu hủy bỏ",
        "before": "Đã yêu cầu trước đó, chờ phản hồi",
        "done": "Nơi nhận đã hủy bỏ",
    }[done]


def _row(one: "Reach") -> tuple[object, ...]:
    from mailbridge.letters.words import COPIES

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
    kinds = [COPIES.get(kind, kind) for kind in proof.copies] if proof else []
    gone = f"{len(proof.erased)} thư và tệp: {', '.join(kinds)}" if proof else ""
    return one.exchange.to.name, moment(one.asked_at), said + weak, gone, left


def _plain(one: "Reach") -> dict[str, Any]:
    return {
        "to": asdict(one.exchange.to),
        "state": one.state.value,
        "asked_at": one.asked_at,
        "answer": asdict(one.answer) if one.answer else None,
    }


def _withheld(recall: "Recall", document: "Document") -> tuple[object, ...]:
    state = "Chờ văn thư hủy" if recall.state == "withheld" else "Đang xóa các bản"
    return (
        document.number or f"mail:{document.ledger}",
        document.agency_name,
        document.key.symbol or "",
        recall.claim.reason,
        moment(recall.due),
        state,
    )


def _waiting(recall: "Recall", document: "Document") -> dict[str, Any]:
    return {
        "number": str(document.number) if document.number else None,
        "ledger": document.ledger,
        "agency": recall.claim.agency,
        "symbol": document.key.symbol,
        "reason": recall.claim.reason,
        "recalled_at": recall.at,
        "due": recall.due,
        "state": recall.state.value,
    }
