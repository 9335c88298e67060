"""Findings about what a mail shows its reader, in words for the clerk."""

from mailbridge.model.evidence import Level
from mailbridge.provenance.codes import Code
from mailbridge.provenance.words_of_keys import Words

OF_APPEARANCE: Words = {
    Code.HTML_BADGE: (
        Level.WARN,
        "Điều 10.1",
        "Nội dung thư tự vẽ dấu hiệu “đã ký số”; dấu hiệu ấy không chứng minh điều gì.",
    ),
    Code.HTML_HIDDEN: (
        Level.WARN,
        "Điều 10.1",
        "Nội dung thư có đoạn chữ bị giấu, người đọc không nhìn thấy.",
    ),
    Code.HTML_OVERLAY: (
        Level.WARN,
        "Điều 10.1",
        "Nội dung thư được xếp chồng lên nhau: điều nhìn thấy có thể khác điều được viết.",
    ),
    Code.HTML_ACTIVE: (
        Level.WARN,
        "Điều 10.1",
        "Nội dung thư chứa mã chạy hoặc biểu mẫu; mailbridge không chạy chúng.",
    ),
    Code.REMOTE_CONTENT: (
        Level.NOTE,
        "Điều 10.1",
        "Nội dung thư dẫn hình ảnh từ nơi khác; mailbridge không tải về.",
    ),
    Code.HIDDEN_LETTERS: (
        Level.WARN,
        "Điều 10.1",
        "Có ký tự ẩn hoặc đảo chiều chữ ({what}).",
    ),
    Code.READ_DIFFERENTLY: (
        Level.WARN,
        "RFC 5322 §3.6",
        "Mỗi phần mềm có thể đọc thư này một khác ({what}).",
    ),
    Code.LOOK_ALIKE_SENDER: (
        Level.FAIL,
        "Điều 10.1",
        "Tên miền của người gửi nhái tên miền {what} trong danh bạ.",
    ),
    Code.REPLY_ELSEWHERE: (
        Level.WARN,
        "RFC 5322 §3.6.2",
        "Thư trả lời sẽ đến {what}, không phải hộp thư của người gửi.",
    ),
}
