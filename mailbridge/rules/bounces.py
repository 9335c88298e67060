"""Reports of mail servers about our letters: believed only of one that left us, for its recipient.

They are about transport (RFC 3464 §1): at best a letter was given back or taken by some server.
"""

from collections.abc import Callable

from mailbridge.model.exchange import ExchangeState
from mailbridge.model.sending import StrayKind
from mailbridge.model.statement import Case, Ignored, Judgement, Source, Strayed

# What the recipient has not answered yet, as far as a mail server is concerned.
_OPEN = {ExchangeState.OWED, ExchangeState.UNCERTAIN, ExchangeState.SUBMITTED}

Rule = Callable[[Case], Judgement | None]


def known(case: Case) -> Judgement | None:
    """Pass over what is known already: a replay changes nothing."""
    return Ignored() if case.statement.key in case.sent.known else None


def says_nothing(case: Case) -> Judgement | None:
    """Give to a person what says nothing to a machine."""
    if case.statement.kind is not None:
        return None
    why = {
        Source.WORDS: "Nơi nhận trả lời bằng lời; văn thư đọc thư và quyết định.",
        Source.STATUS: "Trạng thái khác, không có trong danh mục; văn thư xem thư.",
        Source.NOTIFICATION: "Phần mềm thư của nơi nhận báo không xử lý được hoặc đã xóa thư.",
    }.get(case.statement.source, "Máy chủ thư báo bằng lời; văn thư đọc thư và quyết định.")
    reason = f" ({case.statement.reason})" if case.statement.reason else ""
    return Strayed(StrayKind.WORDS, why + reason)


def _no_server(case: Case) -> Judgement | None:
    # RFC 3464 §2: reports have the null sender; anybody else who writes one is not believed.
    if case.sender.is_server:
        return None
    return Strayed(StrayKind.FORGED, "Báo cáo phát thư không đến từ máy chủ thư.")


def _without_token(case: Case) -> Judgement | None:
    if case.match.knows_token:
        return None
    return Strayed(StrayKind.ORPHAN, "Báo cáo phát thư không nêu thư nào mà cơ quan ta đã gửi.")


def _of_another_recipient(case: Case) -> Judgement | None:
    if case.statement.kind is None:
        return None
    named = {case.statement.by[1], case.statement.to[1]}
    if case.sent.exchange.to.address.lower() in named:
        return None
    return Strayed(StrayKind.ORPHAN, "Báo cáo phát thư nói về người nhận khác.")


def _answered(case: Case) -> Judgement | None:
    return None if case.sent.exchange.state in _OPEN else Ignored()


RULES: tuple[Rule, ...] = (
    _no_server,
    _without_token,
    _of_another_recipient,
    known,
    says_nothing,
    _answered,
)
