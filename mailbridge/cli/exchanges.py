"""mailbridge exchange list | show | strays: where what we sent stands, recipient by recipient."""

from typing import TYPE_CHECKING, Annotated

import typer

from mailbridge.cli import named
from mailbridge.cli.context import DEFAULT, By, Config, Whose, one_or_all, person, settings
from mailbridge.cli.exits import AnswerIsNoError, UsageError, told
from mailbridge.cli.output import AsJson, Narrow, as_json, moment, pairs, table
from mailbridge.letters.reason_words import in_words
from mailbridge.model.exchange import ExchangeState, FactKind, Weight
from mailbridge.model.sending import StrayKind

if TYPE_CHECKING:
    from mailbridge.model.exchange import Fact
    from mailbridge.model.sending import Exchange

STATES = {
    ExchangeState.OWED: "Chờ gửi",
    ExchangeState.UNCERTAIN: "Chưa rõ đã gửi",
    ExchangeState.SUBMITTED: "Đã gửi, chưa phản hồi",
    ExchangeState.BOUNCED: "Bị máy chủ thư trả về",
    ExchangeState.ARRIVED: "Đã đến",
    ExchangeState.REGISTERED: "Đã tiếp nhận",
    ExchangeState.ASSIGNED: "Đã chuyển xử lý",
    ExchangeState.PROCESSING: "Đang xử lý",
    ExchangeState.DONE: "Đã hoàn thành",
    ExchangeState.REFUSED: "Từ chối nhận",
    ExchangeState.RECALLED: "Đã hủy bỏ theo yêu cầu thu hồi",
}
FACTS = {
    FactKind.SUBMITTED: "Máy chủ thư đã nhận thư",
    FactKind.UNCERTAIN: "Chưa rõ thư đã gửi được chưa",
    FactKind.BOUNCED: "Thư bị trả về",
    FactKind.RECALL_ASKED: "Đã yêu cầu thu hồi",
    FactKind.LATE: "Quá hạn phản hồi",
    FactKind.ARRIVED: "01 Đã đến",
    FactKind.REFUSED: "02 Từ chối nhận (trả lại)",
    FactKind.REGISTERED: "03 Đã tiếp nhận",
    FactKind.ASSIGNED: "04 Đã chuyển xử lý",
    FactKind.PROCESSING: "05 Đang xử lý",
    FactKind.DONE: "06 Đã hoàn thành",
    FactKind.RECALLED: "15 Đã hủy bỏ",
    FactKind.RECALL_REFUSED: "16 Không thực hiện được yêu cầu thu hồi",
}
WEIGHTS = {
    Weight.OWN: "hệ thống ghi",
    Weight.PROVEN: "có chữ ký số",
    Weight.WEAK: "chưa được ký số",
}
STRAYS = {
    StrayKind.ORPHAN: "Không rõ văn bản",
    StrayKind.FORGED: "Không bảo đảm nguồn gốc",
    StrayKind.CONTENT: "Khác nội dung",
    StrayKind.DISPUTE: "Mâu thuẫn",
    StrayKind.WORDS: "Trả lời bằng lời",
}
_OPEN = (
    ExchangeState.OWED,
    ExchangeState.UNCERTAIN,
    ExchangeState.SUBMITTED,
    ExchangeState.BOUNCED,
)


def list_(
    document: Annotated[
        str | None, typer.Option("--document", help="Of this document: sent:ID or its number.")
    ] = None,
    open_: Annotated[bool, typer.Option("--open", help="Not answered yet.")] = False,
    late: Annotated[bool, typer.Option("--late", help="Overdue.")] = False,
    disputed: Annotated[bool, typer.Option("--disputed", help="Contradictory.")] = False,
    limit: Annotated[int, typer.Option("--limit", min=1)] = 50,
    config: Config = DEFAULT,
    office: Whose = None,
    json_: AsJson = False,
) -> None:
    """List exchanges, newest first: each document with each recipient."""
    from mailbridge import wiring
    from mailbridge.registry import documents, exchanges

    with told():
        loaded = settings(config)
        database = wiring.database(loaded)
        whose = one_or_all(loaded, office)
        if document and (open_ or late or disputed):
            raise UsageError("--document không đi cùng --open, --late, --disputed.")
        wanted = named.sent(database, document, whose).id if document else None
        states = _OPEN if open_ else None
        with database.reading() as tx:
            if wanted is not None:
                found = exchanges.of_document(tx, wanted)
            else:
                found = exchanges.listed(tx, whose, states, limit, late=late, disputed=disputed)
            symbols = {}
            for one in {each.document for each in found}:
                known = documents.get(tx, one)
                symbols[one] = known.key.symbol if known else ""
        if json_:
            as_json([_plain(one) for one in found])
            return
        table(
            "Văn bản đi theo từng nơi nhận",
            (Narrow("Mã"), "Văn bản", "Nơi nhận", "Trạng thái", Narrow("Số đến"), Narrow("Hạn")),
            [
                (
                    one.id,
                    f"{symbols[one.document] or ''} (sent:{one.document})",
                    one.to.name or one.to.agency,
                    stands(one),
                    one.number,
                    # Answers are due within hours.
                    moment(one.answer_by)[:-3],
                )
                for one in found
            ],
        )


def show(
    number: Annotated[int, typer.Argument(metavar="EXCHANGE", help="Id of the exchange.")],
    config: Config = DEFAULT,
    json_: AsJson = False,
) -> None:
    """Show one exchange with every fact that is known of it."""
    from mailbridge import wiring
    from mailbridge.registry import exchanges

    with told():
        with wiring.database(settings(config)).reading() as tx:
            found = exchanges.get(tx, number)
            facts = exchanges.facts(tx, number)
        if found is None:
            raise AnswerIsNoError(f"Không có lần gửi nào mang mã {number}.")
        if json_:
            as_json(_plain(found) | {"facts": [_fact(one) for one in facts]})
            return
        _show(found, facts)


def strays(
    close: Annotated[int | None, typer.Option("--close", help="Id of one that was read.")] = None,
    why: Annotated[str, typer.Option("--why", help="What came of it; stays on record.")] = "",
    by: By = None,
    limit: Annotated[int, typer.Option("--limit", min=1)] = 50,
    config: Config = DEFAULT,
    office: Whose = None,
    json_: AsJson = False,
) -> None:
    """List answers that changed nothing, each with its reason; or close one."""
    from mailbridge import clock, wiring
    from mailbridge.actions.close_stray import close_stray
    from mailbridge.registry import strays as of

    with told():
        loaded = settings(config)
        if close is not None:
            if not why.strip():
                raise UsageError("--close cần --why: hãy ghi kết quả xem xét.")
            if not close_stray(wiring.house(loaded), close, person(by), why, clock.now()):
                raise AnswerIsNoError(f"Không có phản hồi nào đang mở mang mã {close}.")
            typer.echo(f"Đã ghi xem xét xong phản hồi {close}.")
            return
        whose = one_or_all(loaded, office)
        with wiring.database(loaded).reading() as tx:
            found = of.listed(tx, whose, limit=limit)
        if json_:
            from dataclasses import asdict

            as_json([asdict(one) for one in found])
            return
        table(
            "Phản hồi không được ghi nhận",
            ("Mã", "Sổ thư", "Loại", "Lý do", "Lúc"),
            [(s.id, s.ledger, STRAYS[s.kind], s.why, moment(s.at)) for s in found],
        )


def stands(one: "Exchange") -> str:
    """Say where an exchange stands, and what is odd about it."""
    state = "Trả lại" if one.is_return else STATES[one.state]
    odd = (
        ("phản hồi chưa được ký số", one.is_weak),
        ("quá hạn", one.is_overdue),
        ("mâu thuẫn", one.is_disputed),
        ("đã yêu cầu thu hồi", one.recall_asked and one.state is not ExchangeState.RECALLED),
        ("không thu hồi được", one.recall_refused),
    )
    said = [words for words, holds in odd if holds]
    why = f": {in_words(one.reason)}" if one.reason else ""
    return f"{state}{why}" + (f" ({', '.join(said)})" if said else "")


def _show(one: "Exchange", facts: "tuple[Fact, ...]") -> None:
    pairs(
        f"Lần gửi {one.id}",
        [
            ("Văn bản", f"sent:{one.document}"),
            ("Nơi nhận", f"{one.to.name} <{one.to.address}>"),
            ("Trạng thái", stands(one)),
            ("Số đến tại nơi nhận", one.number),
            ("Hạn phản hồi", moment(one.answer_by)),
            ("Nhắc trước hạn phản hồi lúc", moment(one.answer_warned_at)),
            ("Số lần nhắc sau hạn", one.reminders),
            ("Thời hạn xử lý", moment(one.handle_by)),
            ("Nhắc trước hạn xử lý lúc", moment(one.handle_warned_at)),
        ],
    )
    table(
        "Những điều đã biết",
        ("Lúc", "Nội dung", "Căn cứ", "Số", "Ghi chú"),
        [
            (moment(f.at), FACTS[f.kind], WEIGHTS[f.weight], f.number, in_words(f.reason))
            for f in facts
        ],
    )


def _plain(one: "Exchange") -> dict[str, object]:
    from dataclasses import asdict

    return asdict(one)


def _fact(one: "Fact") -> dict[str, object]:
    from dataclasses import asdict

    return asdict(one)
