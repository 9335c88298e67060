"""Findings about what mail servers say on the way, in words for the clerk."""

from mailbridge.model.evidence import Level
from mailbridge.provenance.codes import Code
from mailbridge.provenance.words_of_keys import Words

OF_TRANSPORT: Words = {
    Code.DKIM_ALIGNED: (
        Level.OK,
        "RFC 6376 §6",
        "Máy chủ của {what} xác nhận đã gửi thư này (DKIM).",
    ),
    Code.DKIM_OTHER_DOMAIN: (
        Level.NOTE,
        "RFC 6376 §6",
        "Thư có chữ ký DKIM của {what}, không phải tên miền của người gửi.",
    ),
    Code.DKIM_BROKEN: (
        Level.WARN,
        "RFC 6376 §6.1",
        "Chữ ký DKIM của {what} không khớp: thư có thể đã bị thay đổi trên đường đi.",
    ),
    Code.DKIM_PART: (
        Level.WARN,
        "RFC 6376 §8.2",
        "Chữ ký DKIM của {what} chỉ bao phủ một phần thư.",
    ),
    Code.DKIM_WEAK: (
        Level.WARN,
        "RFC 8301 §3",
        "Chữ ký DKIM của {what} dùng khóa hoặc thuật toán yếu.",
    ),
    Code.DKIM_UNCHECKED: (
        Level.NOTE,
        "RFC 6376 §6.1.2",
        "Chưa kiểm tra được chữ ký DKIM của {what}: không hỏi được khóa công khai.",
    ),
    Code.DKIM_INVALID: (
        Level.NOTE,
        "RFC 6376 §6.1",
        "Chữ ký DKIM của {what} không dùng được: sai cú pháp, khóa bị hủy hoặc không khớp.",
    ),
    Code.DKIM_EXPIRED: (
        Level.WARN,
        "RFC 6376 §3.5",
        "Chữ ký DKIM của {what} đã hết hạn, hoặc ghi thời điểm ký ở tương lai.",
    ),
    Code.DKIM_TESTING: (
        Level.NOTE,
        "RFC 6376 §3.6.1",
        "Tên miền {what} mới chạy thử DKIM nên chữ ký không chứng minh điều gì.",
    ),
    Code.DKIM_KEY_SHORT: (
        Level.NOTE,
        "RFC 8301 §3.2",
        "Khóa DKIM của {what} ngắn hơn 2048 bit.",
    ),
    Code.DKIM_TOO_MANY: (
        Level.NOTE,
        "RFC 6376 §6.1",
        "Thư mang quá nhiều chữ ký DKIM; chỉ kiểm tra {what} chữ ký.",
    ),
    Code.AUTHENTICATION_ALIGNED: (
        Level.OK,
        "RFC 8601 §2.7.1",
        "Máy chủ thư của cơ quan ta đã kiểm tra chữ ký DKIM của {what} khi nhận thư.",
    ),
    Code.ARC_CHAIN: (
        Level.NOTE,
        "RFC 8617 §5.2",
        "Thư được {what} chuyển tiếp (ARC); lời của máy chủ chuyển tiếp không chứng minh điều gì.",
    ),
}
