"""The first table of a digest: each document that we sent, recipient by recipient (Điều 10.2)."""

from mailbridge.letters.grounds import GROUNDS
from mailbridge.letters.reason_words import in_words
from mailbridge.letters.words import brief
from mailbridge.model.digested import Answered, Material
from mailbridge.model.errors import Reason
from mailbridge.model.exchange import ExchangeState
from mailbridge.model.letter import Section
from mailbridge.model.reading import FieldName
from mailbridge.model.sending import Exchange

TITLE = "Văn bản đi và phản hồi của nơi nhận"
_COLUMNS = ("Văn bản đi", "Nơi nhận", "Gửi lúc", "Phản hồi", "Lúc phản hồi")

# In the words of Điều 11.8, with the codes that the recipient's answers bear.
_SAID = {
    ExchangeState.OWED: "Chưa rời hộp thư gửi",
    ExchangeState.UNCERTAIN: "Chưa rõ máy chủ thư đã nhận hay chưa",
    ExchangeState.SUBMITTED: "Đã gửi, chưa có phản hồi",
    ExchangeState.BOUNCED: "Thư bị trả về, chưa đến nơi nhận",
    ExchangeState.ARRIVED: "Đã đến (01), chưa có số đến",
    ExchangeState.REGISTERED: "Đã tiếp nhận (03)",
    ExchangeState.ASSIGNED: "Đã chuyển xử lý (04)",
    ExchangeState.PROCESSING: "Đang xử lý (05)",
    ExchangeState.DONE: "Đã hoàn thành (06)",
    ExchangeState.REFUSED: "Từ chối nhận (02)",
    ExchangeState.RECALLED: "Đã hủy bỏ theo yêu cầu thu hồi văn bản (15)",
}
_UNANSWERED = {ExchangeState.OWED, ExchangeState.UNCERTAIN, ExchangeState.SUBMITTED}
_NUMBERED = {
    ExchangeState.REGISTERED,
    ExchangeState.ASSIGNED,
    ExchangeState.PROCESSING,
    ExchangeState.DONE,
}
RETURNED = {ExchangeState.REFUSED, ExchangeState.BOUNCED}


def section(material: Material) -> Section:
    """Write the table; what waits, came back or contradicts itself is marked."""
    rows = tuple(_row(one, material) for one in material.sent)
    return Section(
        title=TITLE,
        columns=_COLUMNS,
        rows=rows,
        none="Không có văn bản đi nào mới gửi hoặc đang chờ phản hồi.",
        command="mailbridge exchange list",
        alarms=tuple(at for at, one in enumerate(material.sent) if is_alarming(one, material)),
    )


def is_silent(one: Answered) -> bool:
    """Tell whether the recipient has said nothing at all yet."""
    return one.exchange.state in _UNANSWERED


def is_late(one: Answered, material: Material) -> bool:
    """Tell whether the time of an answer is over and none has come."""
    due = one.exchange.answer_by
    is_over = due is not None and due < material.at
    return is_silent(one) and (one.exchange.is_overdue or is_over)


def is_alarming(one: Answered, material: Material) -> bool:
    """Tell whether a person must look at it."""
    exchange = one.exchange
    return (
        exchange.state in {*RETURNED, ExchangeState.UNCERTAIN}
        or exchange.is_disputed
        or exchange.recall_refused
        or is_late(one, material)
    )


def _row(one: Answered, material: Material) -> tuple[str, ...]:
    document, to = one.document, one.exchange.to
    summary = document.reading.value(FieldName.SUMMARY) or document.subject
    symbol = document.key.symbol or (str(document.number) if document.number else "")
    return (
        " ".join(filter(None, (symbol, summary))),
        to.name or to.agency or to.address,
        brief(one.exchange.owed_at),
        "; ".join(_said(one, material)),
        brief(one.heard_at),
    )


def _said(one: Answered, material: Material) -> list[str]:
    """Say where it stands, and whatever lessens or contradicts that."""
    exchange = one.exchange
    said = [_state(exchange), *(_waited(one, material) if is_silent(one) else ())]
    if exchange.is_weak:
        # Not checked is never shown as good.
        said.append("phản hồi chưa được ký số")
    if exchange.is_disputed:
        said.append("các phản hồi mâu thuẫn nhau, cần xem xét")
    if exchange.recall_refused:
        said.append("nơi nhận báo không thực hiện được yêu cầu thu hồi văn bản (16)")
    elif exchange.recall_asked and exchange.state is not ExchangeState.RECALLED:
        said.append("đã yêu cầu thu hồi văn bản (13), chưa có xác nhận hủy bỏ")
    return said


def _waited(one: Answered, material: Material) -> list[str]:
    """Say until when an answer is waited for, and how often it was asked for."""
    exchange, said = one.exchange, list[str]()
    if is_late(one, material):
        is_ahead = exchange.answer_by is not None and exchange.answer_by > material.at
        until = f"chờ đến {brief(exchange.answer_by)}" if is_ahead else brief(exchange.answer_by)
        said.append(f"quá hạn phản hồi ({until})" if until else "quá hạn phản hồi")
    elif exchange.answer_by:
        said.append(f"hạn phản hồi {brief(exchange.answer_by)}")
    if exchange.reminders:
        said.append(f"đã nhắc {exchange.reminders} lần")
    elif exchange.answer_warned_at:
        said.append(f"đã nhắc trước hạn ({brief(exchange.answer_warned_at)})")
    return said


def _state(exchange: Exchange) -> str:
    said = _SAID[exchange.state]
    if exchange.state in _NUMBERED and exchange.number:
        return f"{said}, số đến {exchange.number}"
    if exchange.state is ExchangeState.REFUSED:
        said = "Trả lại sau khi đã tiếp nhận (02)" if exchange.is_return else said
    if exchange.state in RETURNED and exchange.reason:
        return f"{said}: {_reason(exchange.reason)}"
    return said


def _reason(given: str) -> str:
    """Say a ground of ours in its words; what a peer wrote stands as it came."""
    known = next((ground for reason, ground in GROUNDS.items() if reason.value == given), None)
    return known.why.rstrip(".") if known else in_words(given)


def reason_words(reason: Reason | None) -> str:
    """Say why a mail is held or was returned, where a letter has words for it."""
    known = GROUNDS.get(reason) if reason else None
    return known.why.rstrip(".") if known else ""
