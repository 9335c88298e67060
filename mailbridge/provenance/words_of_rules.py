"""Findings of the regulation's rules, in words for the clerk: none of them lowers a verdict."""

from mailbridge.model.evidence import Level
from mailbridge.provenance.codes import Code
from mailbridge.provenance.words_of_keys import Words

OF_RULES: Words = {
    Code.FORM_KIND_DIFFERS: (
        Level.WARN,
        "Điều 6.1",
        "Thể loại in trên văn bản không hợp với ký hiệu: {what}.",
    ),
    Code.FORM_AUTHORITY: (
        Level.WARN,
        "Điều 6.1",
        "Thể loại có thể không thuộc thẩm quyền ban hành: {what}.",
    ),
    Code.FORM_DATE_AHEAD: (
        Level.WARN,
        "Điều 6.1",
        "Ngày ban hành {what} sau ngày nhận văn bản.",
    ),
    Code.FORM_ISSUER_DIFFERS: (
        Level.WARN,
        "Điều 10.1",
        "Cơ quan ban hành ghi trên văn bản là {what}, khác tên nơi gửi trong danh bạ.",
    ),
    Code.FORM_UNREAD: (
        Level.NOTE,
        "Điều 11",
        "Chưa đọc được {what}; văn thư bổ sung khi xác nhận.",
    ),
    Code.READING_CONFLICT: (Level.WARN, "Điều 11", "Các nguồn ghi khác nhau. {what}"),
    Code.READING_NOTE: (Level.NOTE, "Điều 11", "{what}"),
    Code.CHANNEL_WAN: (
        Level.WARN,
        "Điều 5.3",
        "Hai bên đều có mạng diện rộng của Đảng, không có sự cố: thuộc diện gửi trên mạng đó.",
    ),
    Code.CHANNEL_AXIS: (
        Level.WARN,
        "Điều 7.3",
        "Văn bản với cơ quan nhà nước thuộc diện gửi qua Trục liên thông văn bản quốc gia.",
    ),
    Code.CHANNEL_MAIL: (
        Level.NOTE,
        "Điều 5.3",
        "Lý do dùng thư điện tử công vụ: {what}.",
    ),
    Code.AGENCY_ENDED: (
        Level.WARN,
        "Điều 11.1",
        "Cơ quan gửi không còn hiệu lực trong danh bạ: {what}.",
    ),
    Code.NUMBER_REPEATS: (
        Level.WARN,
        "Điều 11.2",
        "Số, ký hiệu {what} đã có ở văn bản khác của cùng cơ quan trong năm, khác ngày ban hành.",
    ),
    Code.PAPER_EXPECTED: (
        Level.NOTE,
        "Điều 8",
        "Văn bản thuộc loại gửi kèm bản giấy ({what}); xử lý ngay, không chờ bản giấy.",
    ),
}
