"""The grounds of refusals that may be told (Điều 10.1), each with what the sender can do."""

from dataclasses import dataclass

from mailbridge.model.errors import Reason, RefusedError


@dataclass(frozen=True, slots=True)
class Ground:
    """One reason as the sender reads it. `why` says what is wrong, `cure` what to do."""

    why: str
    cure: str


_AGAIN = "gửi lại văn bản"
_UNSAFE = "gửi lại trực tiếp từng tệp văn bản (PDF đã ký số), không nén hoặc lồng tệp."

GROUNDS = {
    Reason.WRONG_ADDRESSEE: Ground(
        "văn bản không đúng địa chỉ nhận: "
        "nơi nhận ghi trên văn bản hoặc trên thư không phải là cơ quan chúng tôi.",
        "kiểm tra lại nơi nhận và gửi văn bản đến đúng hộp thư của cơ quan nhận.",
    ),
    Reason.SIGNATURE_FAILED: Ground(
        "chữ ký số của văn bản không hợp lệ, hoặc nội dung đã thay đổi sau khi ký số.",
        f"kiểm tra chứng thư số, ký số lại và {_AGAIN}.",
    ),
    Reason.SIGNATURE_UNCHECKED: Ground(
        "chưa kiểm tra được hiệu lực chữ ký số của văn bản.",
        f"ký số bằng chứng thư số còn hiệu lực đã đăng ký với cơ quan chúng tôi và {_AGAIN}.",
    ),
    Reason.ORIGIN_UNPROVEN: Ground(
        "chưa xác thực được nguồn gốc của thư: "
        "thư và tệp gửi kèm không có chữ ký số của cơ quan gửi.",
        f"ký số văn bản và {_AGAIN} từ hộp thư công vụ đã đăng ký.",
    ),
    Reason.NUMBER_CONFLICT: Ground(
        "chúng tôi đã nhận một văn bản cùng số và ký hiệu, cùng ngày ban hành "
        "nhưng có nội dung khác.",
        "xác nhận văn bản nào đúng; nếu thay thế, "
        "gửi văn bản đính chính hoặc văn bản thay thế theo quy định.",
    ),
    Reason.NOTHING_ATTACHED: Ground(
        "thư không có tệp văn bản gửi kèm.",
        f"đính kèm tệp văn bản đã ký số và {_AGAIN}.",
    ),
    Reason.ENCRYPTED: Ground(
        "tệp gửi kèm được mã hóa hoặc đặt mật khẩu nên không mở được để kiểm tra.",
        f"bỏ mật khẩu và {_AGAIN}; văn bản mật không được gửi qua thư điện tử này.",
    ),
    Reason.UNSUPPORTED: Ground(
        "định dạng của tệp gửi kèm hoặc của chữ ký số chưa được hỗ trợ nên không kiểm tra được.",
        f"{_AGAIN} ở định dạng PDF có chữ ký số.",
    ),
    Reason.MALFORMED: Ground(
        "thư hoặc tệp gửi kèm bị hỏng, không đọc được.",
        f"mở thử tệp trước khi gửi và {_AGAIN}.",
    ),
    Reason.TOO_LARGE: Ground(
        "dung lượng thư hoặc tệp gửi kèm vượt quá giới hạn tiếp nhận.",
        f"giảm dung lượng hoặc chia thành nhiều thư và {_AGAIN}.",
    ),
    Reason.TOO_MANY: Ground("thư có quá nhiều tệp hoặc thành phần.", _UNSAFE),
    Reason.TOO_DEEP: Ground("tệp hoặc thư được lồng nhau quá nhiều lớp.", _UNSAFE),
    Reason.BOMB: Ground("tệp nén có dung lượng giải nén lớn bất thường, không an toàn.", _UNSAFE),
    Reason.TRAVERSAL: Ground("tệp nén chứa đường dẫn không an toàn.", _UNSAFE),
    Reason.LINK: Ground("tệp nén chứa liên kết không an toàn.", _UNSAFE),
    Reason.DEVICE: Ground("tệp nén chứa thành phần không phải là tệp văn bản.", _UNSAFE),
    # Whatever else a clerk finds under Điều 6.1; the clerk's own words are then required.
    Reason.AWAITS_CLERK: Ground(
        "văn bản không bảo đảm yêu cầu về gửi, nhận văn bản điện tử (lý do cụ thể ghi dưới đây).",
        f"hoàn thiện theo lý do nêu trên và {_AGAIN}.",
    ),
}


def ground(reason: Reason, words: str) -> Ground:
    """Find what may be told; refuses a reason without a letter, and a clerk's without words."""
    found = GROUNDS.get(reason)
    if found is None:
        raise RefusedError(reason, "this reason may not be told to a sender")
    if reason is Reason.AWAITS_CLERK and not words.strip():
        raise RefusedError(reason, "a refusal for a ground of the clerk's own needs words")
    return found
