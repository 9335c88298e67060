"""Findings about certificates, keys and times, in words for the clerk."""

from mailbridge.model.evidence import Level
from mailbridge.provenance.codes import Code

Words = dict[Code, tuple[Level, str, str]]

OF_KEYS: Words = {
    Code.MAILBOX_CERTIFICATE: (
        Level.NOTE,
        "Điều 4.1",
        "Tệp được ký bằng chứng thư số của hộp thư, không phải của cơ quan hay người ký.",
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
    Code.REVOKED: (
        Level.FAIL,
        "RFC 5280 §5.3",
        "Chứng thư số của {signer} đã bị thu hồi từ {what}.",
    ),
    Code.REVOKED_LATER: (
        Level.NOTE,
        "RFC 5280 §5.3",
        "Chứng thư số của {signer} bị thu hồi từ {what}, sau thời điểm ký.",
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
    Code.CHAIN_BAD: (
        Level.FAIL,
        "RFC 5280 §6.1",
        "Chuỗi chứng thư số của {signer} trái với giới hạn mà nơi cấp đã đặt ra.",
    ),
    Code.UNKNOWN_ROOT: (
        Level.UNCHECKED,
        "RFC 5280 §6.1",
        "Chứng thư số của {signer} không dẫn đến gốc tin cậy nào đã cấu hình.",
    ),
    Code.REVOCATION_UNCHECKED: (
        Level.UNCHECKED,
        "RFC 5280 §6.3",
        "Chưa rõ chứng thư số của {signer} có bị thu hồi không: thiếu CRL, OCSP; cần nạp CRL.",
    ),
    Code.REVOCATION_STALE: (
        Level.UNCHECKED,
        "RFC 5280 §5.1.2.5",
        "Thông tin thu hồi chứng thư số (CRL, OCSP) đã quá hạn từ {what}; cần nạp bản mới.",
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
    Code.EXPIRED_SINCE: (
        Level.NOTE,
        "RFC 5280 §4.1.2.5",
        "Chứng thư số của {signer} nay đã hết hạn nhưng còn hiệu lực tại thời điểm ký.",
    ),
    Code.LOOK_ALIKE_ISSUER: (
        Level.FAIL,
        "RFC 5280 §6.1",
        "Nơi cấp chứng thư số của {signer} mang tên một gốc tin cậy nhưng không phải gốc ấy.",
    ),
    Code.REVOCATION_FETCH_FAILED: (
        Level.NOTE,
        "RFC 5280 §6.3",
        "Không tải được thông tin thu hồi chứng thư số từ {what}.",
    ),
    Code.TIMESTAMP_GOOD: (
        Level.OK,
        "RFC 3161 §2.4.2",
        "Dấu thời gian hợp lệ: ký trước {what}.",
    ),
    Code.TIMESTAMP_BAD: (
        Level.WARN,
        "RFC 3161 §2.4.2",
        "Dấu thời gian không hợp lệ nên không dùng làm thời điểm ký.",
    ),
    Code.TIME_CLAIMED: (
        Level.NOTE,
        "RFC 5652 §11.3",
        "Thời điểm ký {what} do người ký tự khai, không dùng để kết luận.",
    ),
    Code.TIME_SHIFTED: (
        Level.NOTE,
        "RFC 5652 §11.3",
        "Giờ ký tự khai lệch đúng 7 giờ: phần mềm ký ghi giờ Việt Nam như giờ quốc tế.",
    ),
    Code.KEY_UNKNOWN: (
        Level.UNCHECKED,
        "RFC 9580 §5.2",
        "Khóa OpenPGP {what} chưa có trong danh bạ; đề nghị đối chiếu vân tay khóa.",
    ),
    Code.KEY_INVALID: (
        Level.FAIL,
        "RFC 9580 §5.2",
        "Khóa OpenPGP của {signer} hoặc chữ ký bằng khóa ấy đã hết hạn, hoặc khóa đã bị thu hồi.",
    ),
    Code.SIGNER_NAME_DIFFERS: (
        Level.WARN,
        "Điều 10.1",
        "Tên trong chứng thư số ({signer}) khác người ký ghi trên văn bản ({what}).",
    ),
}
