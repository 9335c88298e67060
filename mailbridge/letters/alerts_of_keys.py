"""Alerts about the keys by which letters are signed: one that is away, one that ends soon."""

from datetime import datetime

from mailbridge.letters.unsigned import KeyFault
from mailbridge.letters.words import day, moment
from mailbridge.model.letter import AlertFacts

# What the clerk reads, and what helps, by what is away.
_KEYS = {
    KeyFault.FILE: ("không mở được tệp khóa ký", "kiểm tra tệp khóa và mật khẩu của tệp"),
    KeyFault.UNPLUGGED: ("không dùng được thiết bị ký số", "cắm lại và kiểm tra thiết bị ký số"),
    KeyFault.PIN: (
        "thiết bị ký số từ chối mã PIN; hệ thống không thử lại để thiết bị không bị khóa",
        "sửa mã PIN đã cấu hình, rồi cho dùng lại bằng lệnh dưới đây",
    ),
    KeyFault.EXPIRED: (
        "chứng thư số của hộp thư không còn hoặc chưa có hiệu lực",
        "thay chứng thư số còn hiệu lực",
    ),
    KeyFault.OPENPGP: (
        "không dùng được khóa OpenPGP",
        "kiểm tra tệp khóa OpenPGP và mật khẩu của tệp",
    ),
    KeyFault.STAMP: ("máy chủ cấp dấu thời gian không trả lời", "kiểm tra máy chủ dấu thời gian"),
}


def unsigned(mailbox: str, fault: KeyFault, since: datetime) -> AlertFacts:
    """Tell that letters wait because they cannot be signed."""
    why, help_ = _KEYS[fault]
    is_pin = fault is KeyFault.PIN
    return AlertFacts(
        title=f"Thư đi của hộp thư {mailbox} đang chờ: chưa ký số được",
        lines=(
            f"Lý do: {why}.",
            f"Từ lúc: {moment(since)}",
            "Các thư chưa gửi được giữ nguyên và tự gửi khi ký được; không thư nào bị mất.",
            f"Đề nghị {help_}.",
        ),
        command=f"mailbridge account resume key:{mailbox}" if is_pin else "mailbridge outbox",
    )


def ending(mailbox: str, until: datetime) -> AlertFacts:
    """Tell that the certificate of a mailbox ends soon."""
    return AlertFacts(
        title=f"Chứng thư số của hộp thư {mailbox} hết hiệu lực ngày {day(until)}",
        lines=(
            f"Hết hiệu lực lúc: {moment(until)}",
            "Sau lúc đó thư đi phải chờ cho đến khi có chứng thư số mới.",
            "Đề nghị xin cấp chứng thư số mới, cấu hình và thử bằng lệnh dưới đây.",
        ),
        command=f"mailbridge account try-key {mailbox}",
    )
