"""Alerts: what our own people must look at. None quotes the content of impounded mail."""

from datetime import datetime
from typing import TypedDict, Unpack

from mailbridge.letters.ids import message_id
from mailbridge.letters.words import moment
from mailbridge.model.document import Document
from mailbridge.model.letter import AlertFacts, Letter, LetterKind


class AlertTerms(TypedDict):
    """Whom an alert goes to, and what caused it: the same cause makes the same letter."""

    to: str
    mailbox: str
    secret: bytes
    now: datetime
    cause: tuple[str, ...]
    urgent: bool


def alert(facts: AlertFacts, **terms: Unpack[AlertTerms]) -> Letter:
    """Make the letter that tells a person of the house."""
    return Letter(
        id=alert_id(terms["secret"], terms["to"], *terms["cause"]),
        kind=LetterKind.ALERT,
        mailbox=terms["mailbox"],
        to=terms["to"],
        facts=facts,
        owed_at=terms["now"],
        not_before=terms["now"],
        urgent=terms["urgent"],
    )


def alert_id(secret: bytes, to: str, *cause: str) -> str:
    """Name the alert of a cause to a person."""
    return message_id(secret, "alert", to, *cause)


def held(ledger: int, sender: str, subject: str, why: str, received_at: datetime) -> AlertFacts:
    """Tell the clerk what waits and why. `why` is Vietnamese, for the clerk."""
    return AlertFacts(
        title=f"Văn bản chờ văn thư xử lý (sổ thư số {ledger})",
        lines=(
            f"Người gửi: {sender}",
            f"Tiêu đề: {subject or '(không có)'}",
            f"Đến lúc: {moment(received_at)}",
            f"Vì sao chưa vào sổ: {why}",
            "Văn bản chưa được cấp số đến.",
            "Đề nghị văn thư kiểm tra và quyết định: tiếp nhận hoặc trả lại.",
        ),
        command=f"mailbridge ledger {ledger}",
    )


def escalation(ledger: int, sender: str, why: str, received_at: datetime, hours: int) -> AlertFacts:
    """Tell the clerk and the head that something waits for too long."""
    return AlertFacts(
        title=f"Quá hạn chờ xử lý: thư số {ledger} đã chờ hơn {hours} giờ",
        lines=(
            f"Người gửi: {sender}",
            f"Đến lúc: {moment(received_at)}",
            f"Vì sao chưa vào sổ: {why}",
            "Bên gửi phải được phản hồi kịp thời (Điều 10.1). Đề nghị xử lý ngay.",
        ),
        command="mailbridge held",
    )


def impounded(
    ledger: int,
    mailbox: str,
    received_at: datetime,
    *,
    kept: bool = False,
    delivered: bool = False,
) -> AlertFacts:
    """Tell that a mail bears a mark of secrecy, and nothing of what it says (Điều 5.1).

    `delivered`: its server handed it over to us, and holds it no longer.
    """
    there = (
        "máy chủ thư đã giao thẳng (LMTP) nên không còn giữ"
        if delivered
        else ("thư vẫn nằm nguyên trên máy chủ thư")
    )
    where = (
        "Bản gốc được mã hóa cho chứng thư của cán bộ cơ yếu; hệ thống không mở được bản này."
        if kept
        else "Hệ thống chỉ ghi mã SHA-256, dung lượng và nguồn; không giữ bản nào."
    )
    return AlertFacts(
        title=f"Thư có dấu hiệu mật bị giữ lại (sổ thư số {ledger})",
        lines=(
            f"Hộp thư: {mailbox}",
            f"Đến lúc: {moment(received_at)}",
            "Kênh thư điện tử này chỉ dùng cho văn bản không mật (Điều 5.1).",
            f"Hệ thống không lưu nội dung thư; {there}.",
            where,
            "Đề nghị không mở, không chuyển tiếp, không sao chép; báo ngay cán bộ cơ yếu để xử lý.",
        ),
        command="mailbridge impounded list",
    )


def stopped(who: str, at: datetime) -> AlertFacts:
    """Tell that a draft of our own bore a mark of secrecy, and nothing of what it says (5.1)."""
    return AlertFacts(
        title="Văn bản có dấu hiệu mật bị chặn khi gửi",
        lines=(
            f"Người gửi: {who}",
            f"Lúc: {moment(at)}",
            "Kênh thư điện tử này chỉ dùng cho văn bản không mật (Điều 5.1).",
            "Văn bản không được gửi, không được vào sổ; hệ thống không giữ lại tệp nào.",
            "Tệp gốc vẫn ở nơi người gửi để (máy tính, thư mục gửi, thư đã gửi), không tự mất đi.",
            "Đề nghị cán bộ cơ yếu xem xét và hướng dẫn người gửi.",
        ),
    )


def stuck(document: int, to: str, since: datetime, error: str) -> AlertFacts:
    """Tell the clerk that a document has not left yet (Điều 6.3)."""
    return AlertFacts(
        title=f"Văn bản đi chưa gửi được (sent:{document})",
        lines=(
            f"Nơi nhận: {to}",
            f"Chờ gửi từ: {moment(since)}",
            f"Lần thử gần nhất: {error or 'chưa thử lần nào'}",
            "Điều 6.3: gửi ngay trong ngày ban hành, chậm nhất buổi sáng ngày làm việc tiếp theo.",
            "Đề nghị báo quản trị viên kiểm tra máy chủ thư, mật khẩu hộp thư hoặc khóa ký.",
        ),
        command="mailbridge outbox",
    )


def replaced(old: Document, new: Document, why: str) -> AlertFacts:
    """Tell whoever handles a document that its sender has sent another in its place."""
    return AlertFacts(
        title=f"Văn bản số đến {old.number} được thay thế bằng văn bản số đến {new.number}",
        lines=(
            f"Cơ quan gửi: {old.agency_name}",
            f"Văn bản bị thay thế: {old.key.symbol or ''}",
            f"Văn bản thay thế: {new.key.symbol or ''}",
            f"Lý do: {why or '(không ghi)'}",
            "Văn bản trước giữ nguyên số đến và tệp; đề nghị xử lý theo văn bản thay thế.",
        ),
        command=f"mailbridge register show {new.number}",
    )


def quarantined(ledger: int, mailbox: str, received_at: datetime) -> AlertFacts:
    """Tell that a mail could not be examined at all and lies apart, unopened."""
    return AlertFacts(
        title=f"Thư không kiểm tra được, đã cách ly (sổ thư số {ledger})",
        lines=(
            f"Hộp thư: {mailbox}",
            f"Đến lúc: {moment(received_at)}",
            "Hệ thống không mở được thư này một cách an toàn nên đã để riêng, chưa kiểm tra.",
            "Đề nghị không mở tệp gửi kèm; báo quản trị viên xem xét.",
        ),
        command="mailbridge quarantine",
    )


def worsened(ledger: int, name: str, before: str, after: str, now: datetime) -> AlertFacts:
    """Tell that a document is worth less today than when it was entered; words in Vietnamese."""
    return AlertFacts(
        title=f"Kết quả kiểm tra lại kém hơn trước: văn bản {name} (sổ thư số {ledger})",
        lines=(
            f"Kiểm tra lại lúc: {moment(now)}",
            f"Kết luận trước: {before}",
            f"Kết luận nay: {after}",
            "Số đến và hồ sơ kiểm tra trước được giữ nguyên.",
            "Đề nghị văn thư xem xét: giữ nguyên hoặc trả lại văn bản.",
        ),
        command=f"mailbridge evidence {ledger}",
    )


def undelivered(letter: Letter, why: str) -> AlertFacts:
    """Tell that a letter of ours was given up. `why` is Vietnamese and holds no secret."""
    return AlertFacts(
        title=f"Không gửi được thư đến {letter.to}",
        lines=(
            f"Số lần đã thử: {letter.attempts}",
            f"Lý do: {why}",
            "Thư này sẽ không được gửi nữa nếu không có người xử lý.",
        ),
        command="mailbridge outbox",
    )
