"""The findings in words for the clerk, each with its weight and its source."""

from mailbridge.model.evidence import Finding, Level
from mailbridge.provenance.codes import Code
from mailbridge.provenance.words_of_appearance import OF_APPEARANCE
from mailbridge.provenance.words_of_keys import OF_KEYS, Words
from mailbridge.provenance.words_of_rules import OF_RULES
from mailbridge.provenance.words_of_transport import OF_TRANSPORT

_OF_CONTENTS: Words = {
    Code.SEAL_GOOD: (
        Level.OK,
        "Điều 6.2",
        "Chữ ký số của {signer} nguyên vẹn, chứng thư số hợp lệ.",
    ),
    Code.SEAL_BROKEN: (
        Level.FAIL,
        "RFC 5652 §5.6",
        "Chữ ký số không khớp nội dung: văn bản hoặc thư đã bị thay đổi sau khi ký.",
    ),
    Code.SEAL_UNVERIFIABLE: (
        Level.UNCHECKED,
        "RFC 5652 §5.6",
        "Chữ ký số không kiểm tra được: thiếu nội dung hoặc dùng thuật toán chưa hỗ trợ.",
    ),
    Code.SEAL_PART: (Level.FAIL, "Điều 6.2", "Chữ ký số chỉ bao phủ một phần nội dung."),
    Code.SEAL_OUTSIDE: (
        Level.NOTE,
        "RFC 8551 §3.7",
        "Chữ ký số của {signer} nằm ngoài lớp mã hóa: không chứng minh nội dung bên trong.",
    ),
    Code.LATER_CHANGES: (
        Level.FAIL,
        "Điều 6.2",
        "Tệp PDF có thay đổi không được phép sau khi ký số.",
    ),
    Code.FILLED_LATER: (
        Level.WARN,
        "Điều 6.2",
        "Biểu mẫu trong tệp PDF được điền sau khi ký: phần điền không nằm dưới chữ ký số này.",
    ),
    Code.NO_SIGNED_ATTRIBUTES: (
        Level.FAIL,
        "RFC 5652 §5.3",
        "Chữ ký số thiếu thuộc tính được ký; không chấp nhận vì có thể bị giả mạo.",
    ),
    Code.COUNTERSIGNED: (
        Level.NOTE,
        "RFC 5652 §11.4",
        "Chữ ký số của {signer} có chữ ký xác nhận kèm theo; chữ ký kèm theo chưa được kiểm tra.",
    ),
    Code.WEAK_ALGORITHM: (Level.FAIL, "RFC 8551 §2.1", "Chữ ký số dùng thuật toán yếu ({what})."),
    Code.WEAK_KEY: (Level.FAIL, "RFC 8551 §2.1", "Khóa ký số quá ngắn."),
    Code.WEAK_CHAIN: (
        Level.FAIL,
        "RFC 8551 §2.2",
        "Chứng thư số của {signer} được cấp bằng thuật toán hoặc khóa yếu.",
    ),
    Code.CONTRADICTING_SENDERS: (
        Level.FAIL,
        "RFC 5322 §3.6.2",
        "Các thông tin về người gửi mâu thuẫn nhau: {what}.",
    ),
    Code.ORIGIN_PROVEN: (Level.OK, "Điều 6.2", "Nguồn gốc đã được chứng minh bằng chữ ký số."),
    Code.ORIGIN_UNPROVEN: (
        Level.UNCHECKED,
        "Điều 6.2",
        "Chưa chứng minh được nguồn gốc: thư và văn bản không có chữ ký số của cơ quan gửi.",
    ),
    Code.UNSIGNED_FILE: (
        Level.NOTE,
        "Điều 4.2",
        "Tệp {what} không ký số: chỉ có giá trị tham khảo, không có giá trị pháp lý.",
    ),
    Code.FORM_UNSUPPORTED: (
        Level.UNCHECKED,
        "Điều 6.2",
        "Dạng {what} chưa được hỗ trợ nên chưa kiểm tra được.",
    ),
    Code.DATE_DIFFERS: (
        Level.WARN,
        "RFC 8551 §2.5.1",
        "Ngày ghi trên thư khác xa thời điểm ký: có thể là thư cũ được gửi lại.",
    ),
    Code.PROTECTED_DIFFERS: (
        Level.FAIL,
        "RFC 9788 §4.4",
        "Tiêu đề được ký khác với tiêu đề hiển thị của thư ({what}).",
    ),
    Code.LOCKED: (
        Level.UNCHECKED,
        "Điều 6.2",
        "Nội dung bị khóa ({what}): cần khóa giải mã hoặc mật khẩu mới kiểm tra được.",
    ),
    Code.LOCK_WEAK: (
        Level.WARN,
        "RFC 8551 §2.7",
        "Nội dung được khóa bằng thuật toán mã hóa đã lỗi thời ({what}).",
    ),
    Code.LOCK_MALLEABLE: (
        Level.NOTE,
        "RFC 8551 §6",
        "Nội dung được mã hóa nhưng không ký số: có thể đã bị sửa trên đường đi.",
    ),
    Code.LOCK_OPENED: (Level.NOTE, "RFC 8551 §3.3", "Nội dung đã được giải mã ({what})."),
    Code.FILE_REFUSED: (
        Level.UNCHECKED,
        "Điều 6.2",
        "Tệp {what} không được mở vì không an toàn hoặc bị hỏng.",
    ),
    Code.CONTAINER_ODD: (
        Level.WARN,
        "Điều 6.2",
        "Tệp chứa các tệp khác có cấu tạo bất thường: {what}.",
    ),
    Code.PART_REFUSED: (
        Level.UNCHECKED,
        "RFC 2046 §5.2.2",
        "Thư chỉ là một phần của thư khác: đề nghị nơi gửi gửi lại trọn vẹn.",
    ),
    Code.TEXT_UNSIGNED: (
        Level.WARN,
        "RFC 8551 §3.5",
        "Một phần nội dung thư nằm ngoài chữ ký số.",
    ),
    Code.SECRECY_MARK: (
        Level.FAIL,
        "Điều 5.1",
        "Có dấu hiệu mật: không được lưu trên hệ thống này.",
    ),
    Code.PACKET_SEAL_BROKEN: (
        Level.WARN,
        "RFC 3275 §3.2",
        "Chữ ký của gói edXML không khớp; giá trị pháp lý chỉ xét theo chữ ký trên tệp văn bản.",
    ),
    Code.OFFICE_SIGNED: (
        Level.NOTE,
        "Điều 4.2",
        "Tệp {what} mang chữ ký kiểu Office; chữ ký này chưa được kiểm tra.",
    ),
    Code.DOCUMENT_SEAL_MISSING: (
        Level.NOTE,
        "Điều 4.1",
        "Tệp {what} thiếu {signer}: chưa đủ chữ ký số theo quy định của cơ quan.",
    ),
}
_WORDS: Words = {**_OF_CONTENTS, **OF_KEYS, **OF_TRANSPORT, **OF_APPEARANCE, **OF_RULES}


def finding(code: Code, *, path: str = "", signer: str = "(không rõ)", what: str = "") -> Finding:
    """Make the finding of that code in its words."""
    level, cites, words = _WORDS[code]
    return Finding(code.value, level, cites, words.format(signer=signer, what=what), path)
