"""Every finding that can be made, with its weight, its source and its words for the clerk."""

from enum import StrEnum

from mailbridge.model.evidence import Finding, Level


class Code(StrEnum):
    """Codes of findings: the closed list of the check contract."""

    SEAL_GOOD = "seal-good"
    SEAL_BROKEN = "seal-broken"
    SEAL_UNVERIFIABLE = "seal-unverifiable"
    SEAL_PART = "seal-part"
    LATER_CHANGES = "later-changes"
    NO_SIGNED_ATTRIBUTES = "no-signed-attributes"
    WEAK_ALGORITHM = "weak-algorithm"
    WEAK_KEY = "weak-key"
    WEAK_CHAIN = "weak-chain"
    MAILBOX_CERTIFICATE = "mailbox-certificate"
    TIMESTAMP_NOT_EVALUATED = "timestamp-not-evaluated"
    EXPIRED = "expired"
    EXPIRED_CLAIMED_EARLIER = "expired-claimed-earlier"
    NOT_YET_VALID = "not-yet-valid"
    REVOKED = "revoked"
    REVOKED_LATER = "revoked-later"
    WRONG_USE = "wrong-use"
    NO_CHAIN = "no-chain"
    UNKNOWN_ROOT = "unknown-root"
    REVOCATION_UNCHECKED = "revocation-unchecked"
    REVOCATION_STALE = "revocation-stale"
    SOMEONE_ELSES_SEAL = "someone-elses-seal"
    CERTIFICATE_UNKNOWN = "certificate-unknown"
    BOUND = "bound"
    CONTRADICTING_SENDERS = "contradicting-senders"
    ORIGIN_PROVEN = "origin-proven"
    ORIGIN_UNPROVEN = "origin-unproven"
    UNSIGNED_FILE = "unsigned-file"
    FORM_UNSUPPORTED = "form-unsupported"
    DKIM_NOT_EVALUATED = "dkim-not-evaluated"
    DATE_DIFFERS = "date-differs"
    PROTECTED_DIFFERS = "protected-differs"


_WORDS: dict[Code, tuple[Level, str, str]] = {
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
    Code.LATER_CHANGES: (
        Level.FAIL,
        "Điều 6.2",
        "Tệp PDF có thay đổi không được phép sau khi ký số.",
    ),
    Code.NO_SIGNED_ATTRIBUTES: (
        Level.FAIL,
        "RFC 5652 §5.3",
        "Chữ ký số thiếu thuộc tính được ký; không chấp nhận vì có thể bị giả mạo.",
    ),
    Code.WEAK_ALGORITHM: (Level.FAIL, "RFC 8551 §2.1", "Chữ ký số dùng thuật toán yếu ({what})."),
    Code.WEAK_KEY: (Level.FAIL, "RFC 8551 §2.1", "Khóa ký số quá ngắn."),
    Code.WEAK_CHAIN: (
        Level.FAIL,
        "RFC 8551 §2.2",
        "Chứng thư số của {signer} được cấp bằng thuật toán hoặc khóa yếu.",
    ),
    Code.MAILBOX_CERTIFICATE: (
        Level.NOTE,
        "Điều 4.1",
        "Tệp được ký bằng chứng thư số của hộp thư, không phải của cơ quan hay người ký.",
    ),
    Code.TIMESTAMP_NOT_EVALUATED: (
        Level.NOTE,
        "RFC 3161 §2.4.2",
        "Có dấu thời gian; dấu thời gian chưa được đánh giá nên không dùng làm thời điểm ký.",
    ),
    Code.EXPIRED: (
        Level.FAIL,
        "RFC 5280 §4.1.2.5",
        "Chứng thư số của {signer} đã hết hạn tại thời điểm ký số.",
    ),
    Code.EXPIRED_CLAIMED_EARLIER: (
        Level.UNCHECKED,
        "RFC 5280 §4.1.2.5",
        "Chứng thư số của {signer} đã hết hạn; thời điểm ký trước đó chỉ do người ký tự khai.",
    ),
    Code.NOT_YET_VALID: (
        Level.FAIL,
        "RFC 5280 §4.1.2.5",
        "Chứng thư số của {signer} chưa có hiệu lực.",
    ),
    Code.REVOKED: (Level.FAIL, "RFC 5280 §5.3", "Chứng thư số của {signer} đã bị thu hồi."),
    Code.REVOKED_LATER: (
        Level.NOTE,
        "RFC 5280 §5.3",
        "Chứng thư số của {signer} bị thu hồi sau thời điểm ký.",
    ),
    Code.WRONG_USE: (
        Level.FAIL,
        "RFC 5280 §4.2.1.12",
        "Chứng thư số của {signer} không được cấp cho mục đích này.",
    ),
    Code.NO_CHAIN: (
        Level.UNCHECKED,
        "RFC 5280 §6.1",
        "Không dựng được chuỗi chứng thư số từ {signer} đến gốc tin cậy.",
    ),
    Code.UNKNOWN_ROOT: (
        Level.UNCHECKED,
        "RFC 5280 §6.1",
        "Chứng thư số của {signer} không dẫn đến gốc tin cậy nào đã cấu hình.",
    ),
    Code.REVOCATION_UNCHECKED: (
        Level.UNCHECKED,
        "RFC 5280 §6.3",
        "Chưa rõ chứng thư số của {signer} có bị thu hồi không: thiếu CRL; quản trị cần nạp CRL.",
    ),
    Code.REVOCATION_STALE: (
        Level.UNCHECKED,
        "RFC 5280 §5.1.2.5",
        "Danh sách thu hồi chứng thư số (CRL) đã quá hạn từ {what}; cần nạp bản mới.",
    ),
    Code.SOMEONE_ELSES_SEAL: (
        Level.FAIL,
        "Điều 10.1",
        "Chữ ký số là của {what}, không phải của cơ quan gửi.",
    ),
    Code.CERTIFICATE_UNKNOWN: (
        Level.UNCHECKED,
        "Điều 10.1",
        "Chứng thư số của {signer} chưa có trong danh bạ của cơ quan gửi; đề nghị đối chiếu.",
    ),
    Code.BOUND: (
        Level.OK,
        "Điều 10.1",
        "Chứng thư số của {signer} thuộc cơ quan gửi theo danh bạ.",
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
    Code.DKIM_NOT_EVALUATED: (
        Level.NOTE,
        "RFC 6376 §6",
        "Thư có chữ ký DKIM; DKIM chưa được đánh giá.",
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
}


def finding(code: Code, *, path: str = "", signer: str = "(không rõ)", what: str = "") -> Finding:
    """Make the finding of that code in its words."""
    level, cites, words = _WORDS[code]
    return Finding(code.value, level, cites, words.format(signer=signer, what=what), path)
