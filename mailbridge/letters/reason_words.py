"""Reasons in Vietnamese, wherever a person reads one; the register keeps them as found."""

import re

from mailbridge.model.errors import Reason

REASONS = {
    Reason.MALFORMED: "thư hỏng, không đọc được",
    Reason.BOMB: "tệp nén bất thường (bom nén)",
    Reason.TOO_LARGE: "thư quá lớn",
    Reason.TOO_MANY: "quá nhiều phần",
    Reason.TOO_DEEP: "lồng nhau quá sâu",
    Reason.TRAVERSAL: "tên tệp tìm cách ra ngoài thư mục",
    Reason.LINK: "tệp là liên kết",
    Reason.DEVICE: "tệp là thiết bị",
    Reason.ENCRYPTED: "đã mã hóa, không mở được",
    Reason.UNSUPPORTED: "dạng chưa được hỗ trợ",
    Reason.TIMEOUT: "kiểm tra quá lâu",
    Reason.CRASHED: "làm hỏng chương trình kiểm tra ba lần",
    Reason.INTERNAL: "lỗi của phần mềm, xem nhật ký",
    Reason.VANISHED: "thư không còn trong hộp thư",
    Reason.UNKNOWN_SENDER: "nơi gửi không có trong danh bạ",
    Reason.ORIGIN_UNPROVEN: "chưa chứng minh được nguồn gốc",
    Reason.WRONG_ADDRESSEE: "không đúng địa chỉ nhận",
    Reason.SIGNATURE_FAILED: "chữ ký số không bảo đảm",
    Reason.SIGNATURE_UNCHECKED: "chữ ký số chưa kiểm tra được",
    Reason.NUMBER_CONFLICT: "trùng số, ký hiệu nhưng khác nội dung",
    Reason.AWAITS_CLERK: "chờ văn thư xác nhận",
    Reason.NOTHING_ATTACHED: "không có văn bản kèm theo",
    Reason.SECRECY: "có dấu hiệu mật",
    Reason.UNDELIVERABLE: "không gửi được",
}
# What may be told of a mail server's answers, with the code that it gave.
_ANSWERS = (
    (
        re.compile(r"(?:undeliverable: )?the mail server refused it for good"),
        "máy chủ thư từ chối hẳn",
    ),
    (re.compile(r"the mail server wants a login"), "máy chủ thư đòi đăng nhập"),
    (re.compile(r"the mail server cannot take it now"), "máy chủ thư chưa nhận được lúc này"),
    (re.compile(r"the mail server refused the login"), "máy chủ thư không cho đăng nhập"),
    (re.compile(r"the mail server does not receive us"), "máy chủ thư không tiếp nhận kết nối"),
    (
        re.compile(r"(?:too-large: )?the mail server takes (\d+) octets at most"),
        r"thư quá lớn, máy chủ thư chỉ nhận \1 byte",
    ),
    (
        re.compile(r"the connection to the mail server was lost \(\w+\)"),
        "mất kết nối tới máy chủ thư",
    ),
)
_KNOWN = {reason.value: words for reason, words in REASONS.items()}


def in_words(given: str) -> str:
    """Say a reason of ours in words; what a peer or a person wrote stands as it came."""
    if given in _KNOWN:
        return _KNOWN[given]
    said = given
    for pattern, words in _ANSWERS:
        said = pattern.sub(words, said)
    reason, colon, rest = said.partition(": ")
    return f"{_KNOWN[reason]}: {rest}" if colon and reason in _KNOWN else said
