"""What a person reads after a reply to a notice: what it did, or why it did nothing."""

from datetime import datetime

from mailbridge.letters.words import moment
from mailbridge.model.document import Document
from mailbridge.model.letter import AlertFacts, AnswerFacts

# What is written below a reason without a gap may be taken for a part of it: nothing is done then.
REASON = (
    "Lý do trả lại được gửi nguyên văn cho nơi gửi: ghi trong một dòng, để trống một dòng rồi "
    "mới đến chữ ký, lời khác."
)
HOW = (
    "Trả lời thư báo của từng văn bản, giữ nguyên tiêu đề, với dòng đầu là một trong các lời:",
    "  nhận",
    "  chuyển <đơn vị> hạn <ngày/tháng>",
    "  xong",
    "  trả lại: <lý do>   (chỉ văn thư hoặc lãnh đạo)",
    REASON,
    "Hoặc dùng lệnh: mailbridge acknowledge, mailbridge advance, mailbridge refuse.",
)
EXPIRED = "Thư được trả lời đã quá 14 ngày."
OLDER = "Thư trả lời được viết trước thư báo này."
GONE = "Văn bản không còn trong sổ: đã trả lại, bị thu hồi hoặc đã có bản thay thế."
PASSED_ON = "Văn bản đã được chuyển cho người khác xử lý."
NOT_YOURS = "Chỉ văn thư hoặc lãnh đạo được trả lại văn bản."
STRANGER = "Nơi gửi không có trong danh bạ nên không trả lại được qua thư."
ELSEWHERE = (
    "Tiêu đề thư không còn nêu số đến và ký hiệu của văn bản; giữ nguyên tiêu đề khi trả lời."
)


def used(at: datetime) -> str:
    """Say that the same word has acted already."""
    return f"Lời này đã được thực hiện lúc {moment(at)}; mỗi lời chỉ dùng một lần."


def unlawful(why: str) -> str:
    """Say why a step is not lawful."""
    return f"Không thực hiện được: {why}."


def done(
    document: Document, lines: tuple[str, ...], message_id: str | None, subject: str
) -> AnswerFacts:
    """Say what was done."""
    title = f"Đã ghi nhận về văn bản đến số {document.number}"
    return AnswerFacts(title, lines, accepted=True, message_id=message_id, subject=subject)


def not_done(why: str, message_id: str | None, subject: str) -> AnswerFacts:
    """Say why nothing was changed, and what to do."""
    title = "Thư trả lời chưa được thực hiện, không có gì thay đổi"
    return AnswerFacts(title, (why, *HOW), accepted=False, message_id=message_id, subject=subject)


def unproven(ledger: int, person: str, received_at: datetime) -> AlertFacts:
    """Tell the clerk that a reply bears an address of ours and nothing proves that it is theirs."""
    return AlertFacts(
        title=f"Thư trả lời thư báo chưa được chứng thực (sổ thư số {ledger})",
        lines=(
            f"Thư mang địa chỉ: {person}",
            f"Đến lúc: {moment(received_at)}",
            "Thư không có chữ ký DKIM hoặc S/MIME bao trùm cả tiêu đề và nơi nhận: có thể giả mạo.",
            "Không có gì được thực hiện, không ai được trả lời.",
            "Đề nghị hỏi lại đồng chí đó qua kênh khác.",
        ),
        command=f"mailbridge evidence {ledger}",
    )
