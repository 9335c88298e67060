"""What our own people read of a recall that reached us (Điều 10.2); none quotes the content."""

from datetime import datetime

from mailbridge.letters.words import moment
from mailbridge.model.document import Document
from mailbridge.model.letter import AlertFacts
from mailbridge.model.recall import Recall


def withheld(document: Document, recall: Recall) -> AlertFacts:
    """Tell everybody whom the document was passed on to that it is called back."""
    until = f"Văn thư hủy bỏ trước {moment(recall.due)}." if recall.due else "Đang hủy bỏ."
    return AlertFacts(
        title=f"Văn bản bị thu hồi: {_name(document)}",
        lines=(
            f"{document.agency_name or recall.claim.agency} thu hồi văn bản này (Điều 10.2).",
            f"Lý do: {recall.claim.reason or '(không ghi)'}",
            "Ngừng sử dụng ngay, kể cả khi đang xử lý; không sao chép, không chuyển tiếp.",
            "Xóa thư báo và các bản đã lưu trên máy, in ra hoặc chuyển cho người khác.",
            until,
        ),
        command="mailbridge recall pending",
    )


def overdue(document: Document, recall: Recall) -> AlertFacts:
    """Tell clerk and head that a recalled document is still here."""
    return AlertFacts(
        title=f"Quá hạn hủy bỏ văn bản bị thu hồi: {_name(document)}",
        lines=(
            f"Nơi gửi: {document.agency_name or recall.claim.agency}",
            f"Hạn hủy bỏ: {moment(recall.due or recall.at)}",
            (
                "Bên nhận phải hủy bỏ và phản hồi (Điều 10.2); “đang xử lý” không phải là "
                "lý do để giữ lại."
            ),
        ),
        command=f"mailbridge recall destroy {document.number or f'mail:{document.ledger}'}",
    )


def doubtful(ledger: int, sender: str, why: str, received_at: datetime) -> AlertFacts:
    """Tell the clerk of a recall by which nothing was destroyed."""
    return AlertFacts(
        title=f"Yêu cầu thu hồi văn bản chưa được thực hiện (sổ thư số {ledger})",
        lines=(
            f"Nơi gửi thư: {sender}",
            f"Đến lúc: {moment(received_at)}",
            f"Vì sao: {why}.",
            "Không văn bản nào bị hủy. Nếu nghi giả mạo, báo quản trị viên và cơ quan bị mạo danh.",
            "Yêu cầu khác như vậy trong ngày không báo riêng: xem mailbridge exchange strays.",
        ),
        command=f"mailbridge ledger {ledger}",
    )


def _name(document: Document) -> str:
    number = f", số đến {document.number}" if document.number else ""
    return f"{document.key.symbol or 'không số'}{number}"
