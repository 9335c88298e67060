"""The words that tables show for outcomes, verdicts and states (Điều 4, DESIGN section 11)."""

from mailbridge.letters import reason_words
from mailbridge.model.directory import CertificateRole
from mailbridge.model.document import DocumentState
from mailbridge.model.errors import Reason
from mailbridge.model.evidence import Level, Verdict
from mailbridge.model.handover import HandoverState
from mailbridge.model.impounded import ImpoundState
from mailbridge.model.letter import LetterKind, LetterState
from mailbridge.model.outcome import (
    Applied,
    Deferred,
    Duplicate,
    Held,
    Impounded,
    Noted,
    Outcome,
    OutcomeName,
    Quarantined,
    Registered,
)
from mailbridge.model.paper import Channel, PaperState, PaperTrack
from mailbridge.model.records import ChangeKind
from mailbridge.model.search import Part
from mailbridge.model.trust_file import TrustFault, TrustKind

OUTCOMES = {
    OutcomeName.REGISTERED: "Đã vào sổ",
    OutcomeName.HELD: "Chờ xem xét",
    OutcomeName.DUPLICATE: "Trùng",
    OutcomeName.IMPOUNDED: "Bị chặn (dấu mật)",
    OutcomeName.QUARANTINED: "Cách ly",
    OutcomeName.APPLIED: "Đã ghi nhận vào văn bản",
    OutcomeName.NOTED: "Ghi nhận",
    OutcomeName.DEFERRED: "Hoãn",
    OutcomeName.REFUSED: "Đã trả lại",
}

OUTCOME_CLASSES: dict[type[Outcome], str] = {
    Registered: OUTCOMES[OutcomeName.REGISTERED],
    Held: OUTCOMES[OutcomeName.HELD],
    Duplicate: OUTCOMES[OutcomeName.DUPLICATE],
    Impounded: OUTCOMES[OutcomeName.IMPOUNDED],
    Quarantined: OUTCOMES[OutcomeName.QUARANTINED],
    Applied: OUTCOMES[OutcomeName.APPLIED],
    Noted: OUTCOMES[OutcomeName.NOTED],
    Deferred: OUTCOMES[OutcomeName.DEFERRED],
}

ROLES = {
    CertificateRole.SEAL: "cơ quan",
    CertificateRole.PERSON: "cá nhân",
    CertificateRole.MAILBOX: "hộp thư",
}

LEVELS = {
    Level.OK: "đạt",
    Level.NOTE: "ghi nhận",
    Level.WARN: "lưu ý",
    Level.FAIL: "không đạt",
    Level.UNCHECKED: "chưa kiểm tra",
}

VERDICTS = {
    Verdict.LEGAL: "Có giá trị pháp lý tương đương văn bản giấy",
    Verdict.REFERENCE: "Chỉ có giá trị tham khảo",
    Verdict.UNDETERMINED: "Chưa kiểm tra được",
    Verdict.FAILED: "Không bảo đảm",
}

# For lists, where a line has 80 columns.
SHORT_VERDICTS = {
    Verdict.LEGAL: "Pháp lý",
    Verdict.REFERENCE: "Tham khảo",
    Verdict.UNDETERMINED: "Chưa kiểm tra được",
    Verdict.FAILED: "Không bảo đảm",
}

STATES = {
    DocumentState.HELD: "Chờ xem xét",
    DocumentState.REGISTERED: "Đã vào sổ",
    DocumentState.REFUSED: "Từ chối nhận (trả lại)",
    DocumentState.VOID: "Hủy số",
    DocumentState.WITHHELD: "Đã thu hồi, chờ hủy bỏ",
    DocumentState.DESTROYED: "Đã thu hồi và hủy bỏ",
}

# Where search found the words.
PARTS = {
    Part.FIELD: "thông tin",
    Part.AGENCY: "cơ quan gửi",
    Part.SUBJECT: "tiêu đề thư",
    Part.CERTIFICATE: "chứng thư số",
    Part.FILE: "tệp",
    Part.TEXT: "nội dung",
}

LETTER_KINDS = {
    LetterKind.RECEIPT: "Giấy báo",
    LetterKind.NOTICE: "Thông báo",
    LetterKind.ALERT: "Cảnh báo nội bộ",
    LetterKind.WARNING: "Cảnh báo dấu mật",
    LetterKind.DOCUMENT: "Văn bản",
    LetterKind.RECALL: "Thu hồi",
    LetterKind.REMINDER: "Nhắc",
    LetterKind.DIGEST: "Bản tổng hợp",
    LetterKind.ANSWER: "Trả lời",
}

LETTERS = {
    LetterState.OWED: "Chờ gửi",
    LetterState.ATTEMPTING: "Đang gửi",
    LetterState.SENT: "Đã gửi",
    LetterState.UNCERTAIN: "Chưa rõ đã gửi được chưa",
    LetterState.FAILED: "Không gửi được",
}

REASONS = reason_words.REASONS

CHANGES = {
    ChangeKind.ADDED: "thêm mới",
    ChangeKind.CHANGED: "sửa",
    ChangeKind.REMOVED: "bỏ",
}

TRUSTED = {
    TrustKind.ROOT: "Chứng thư số gốc",
    TrustKind.INTERMEDIATE: "Chứng thư số trung gian",
    TrustKind.CRL: "Danh sách thu hồi (CRL)",
    TrustKind.OPENPGP: "Khóa OpenPGP",
}

FAULTS = {
    TrustFault.UNREADABLE: "không phải tệp đúng loại, hoặc tệp hỏng",
    TrustFault.PRIVATE_KEY: "tệp chứa khóa bí mật; không nạp khóa bí mật vào thư mục tin cậy",
    TrustFault.NOT_AN_AUTHORITY: "không phải chứng thư số của nơi cấp (CA)",
    TrustFault.NOT_SELF_SIGNED: "không tự ký nên không thể là gốc; nạp với --kind intermediate",
    TrustFault.SELF_SIGNED: "tự ký nên là gốc; nạp với --kind root",
    TrustFault.EXPIRED: "đã hết hạn",
    TrustFault.NOT_YET_VALID: "chưa có hiệu lực; kiểm tra đồng hồ của máy",
    TrustFault.WEAK: "dùng khóa hoặc thuật toán yếu",
    TrustFault.UNKNOWN_ISSUER: "không do nơi cấp nào đã nạp ký; nạp nơi cấp trước",
    TrustFault.OLDER: "cũ hơn hoặc cùng thời điểm với bản đang có",
    TrustFault.PARTIAL: "chỉ ghi phần thay đổi (delta CRL); cần bản đầy đủ",
    TrustFault.REVOKED: "đã bị thu hồi",
    TrustFault.NOT_ONE: "tệp chứa nhiều mục; tách thành từng tệp",
    TrustFault.ALREADY_THERE: "đã có trong thư mục tin cậy",
}

# Where a document stands with the operations system (Điều 6.4).
HANDOVERS = {
    HandoverState.PENDING: "chưa bàn giao",
    HandoverState.HANDED: "đã bàn giao, chờ xác nhận",
    HandoverState.CONFIRMED: "đã xác nhận",
    HandoverState.RETURNED: "bên nhận trả lại",
}

# Why a file that a person laid before us is not taken.
FILE_REASONS = {
    Reason.MALFORMED: "tệp hỏng, sai định dạng hoặc không đúng mã SHA-256",
    Reason.VANISHED: "tệp có trong SHA256SUMS nhưng không có trong thư mục",
    Reason.TOO_LARGE: "tệp quá lớn",
    Reason.TRAVERSAL: "tên tệp không hợp lệ",
}

IMPOUNDED = {
    ImpoundState.KEPT: "giữ bản mã hóa cho cán bộ cơ yếu",
    ImpoundState.ABSENT: "không giữ bản nào",
    ImpoundState.ERASED: "đã xóa",
}

# Where the paper beside a document stands (Điều 8), and by which other ways it came.
PAPERS = {
    PaperState.EXPECTED: "chờ bản giấy",
    PaperState.SENT: "đã gửi bưu điện",
    PaperState.RECEIVED: "đã nhận",
    PaperState.WAIVED: "không cần nữa",
}
CHANNELS = {
    Channel.PAPER: "bản giấy",
    Channel.AXIS: "Trục liên thông văn bản quốc gia",
    Channel.SOFTWARE: "phần mềm gửi, nhận văn bản",
    Channel.WAN: "mạng diện rộng của Đảng",
}


def paper_words(track: PaperTrack) -> str:
    """Say where a paper stands; one that goes is named with its recipient."""
    if not track.outgoing:
        return PAPERS[track.state]
    words = "phải gửi bản giấy" if track.state is PaperState.EXPECTED else PAPERS[track.state]
    return f"{words} → {track.recipient}"
