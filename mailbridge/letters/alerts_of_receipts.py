"""The alert that receipts pause, because more left in a short time than an office writes."""

from datetime import datetime

from mailbridge.letters.words import moment
from mailbridge.model.letter import AlertFacts

# The addresses that got most of them: where a person begins to look.
_SHOWN = 5


def why(count: int, until: datetime) -> str:
    """Say in a line why receipts pause, for lists of what is not tried."""
    return f"{count} thư phản hồi trong 10 phút; tự gửi tiếp lúc {moment(until)}"


def paused(left: dict[str, int], until: datetime) -> AlertFacts:
    """Tell how many left to whom, and until when the others wait."""
    most = sorted(left.items(), key=lambda one: (-one[1], one[0]))[:_SHOWN]
    return AlertFacts(
        title="Tạm ngừng gửi thư phản hồi: quá nhiều thư trong thời gian ngắn",
        lines=(
            f"Trong 10 phút vừa qua đã gửi {sum(left.values())} thư phản hồi.",
            *(f"Gửi tới {to}: {mails} thư" for to, mails in most),
            f"Các phản hồi còn lại được giữ nguyên và tự gửi từ: {moment(until)}.",
            "Đề nghị xem có nơi nào gửi lặp đi lặp lại, hoặc có vòng lặp thư tự động hay không.",
            "Nếu mọi việc bình thường, có thể cho gửi tiếp ngay bằng lệnh dưới đây.",
        ),
        command="mailbridge account resume receipts",
    )
