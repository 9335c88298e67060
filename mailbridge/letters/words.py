"""The Vietnamese words of letters for verdicts, sizes and times, as the regulation has them."""

from datetime import date, datetime

from mailbridge.clock import in_vietnam
from mailbridge.model.evidence import Verdict

# Điều 4, Điều 10.1: the four words, each said as what it means for the reader.
VERDICTS = {
    Verdict.LEGAL: "có giá trị pháp lý tương đương văn bản giấy",
    Verdict.REFERENCE: "chỉ có giá trị tham khảo, không có giá trị pháp lý",
    Verdict.UNDETERMINED: "chưa kiểm tra được",
    Verdict.FAILED: "không bảo đảm",
}

WHY = {
    Verdict.LEGAL: "văn bản có chữ ký số hợp lệ của cơ quan gửi, nội dung toàn vẹn",
    Verdict.REFERENCE: "văn bản không có chữ ký số; nguồn gốc thư đã được xác thực",
    Verdict.UNDETERMINED: "chưa đủ căn cứ để xác định nguồn gốc hoặc hiệu lực của chữ ký số",
    Verdict.FAILED: "chữ ký số, nguồn gốc hoặc sự toàn vẹn của văn bản không bảo đảm yêu cầu",
}


# Kinds of copies that were erased (`Proof.copies`); a later mailbridge may know more.
COPIES = {
    "blob": "bản lưu của thư và tệp",
    "search": "nội dung trong chỉ mục tìm kiếm",
    "imap": "thư trong hộp thư",
    "preview": "bản xem",
    "handover": "bản trong bộ bàn giao",
}


def verdict(found: Verdict | None) -> str:
    """Say a verdict; none at all is said as not checked, never as good."""
    return VERDICTS[found or Verdict.UNDETERMINED]


def moment(at: datetime) -> str:
    """Say a moment as people read it, in Vietnam time (Điều 13)."""
    return in_vietnam(at).strftime("%H giờ %M phút, ngày %d/%m/%Y (giờ Việt Nam)")


def day(at: date) -> str:
    """Say a date; a moment is shown on its day in Vietnam."""
    shown = in_vietnam(at) if isinstance(at, datetime) else at
    return shown.strftime("%d/%m/%Y")


def named(key: str) -> str:
    """Say a document by what people call it; `key` is agency, date and symbol (DocumentKey)."""
    _, date_, symbol = [*key.split(",", 2), "", ""][:3]
    year, month, on = [*date_.split("/"), "", ""][:3]
    dated = f" ngày {on}/{month}/{year}" if on else ""
    return f"văn bản số {symbol}{dated}" if symbol else key


def brief(at: datetime | None) -> str:
    """Say a moment in a cell of a table, in Vietnam time; nothing where there is none."""
    return in_vietnam(at).strftime("%d/%m/%Y %H:%M") if at else ""


def size(octets: int) -> str:
    """Say a size exactly, with the points of Vietnamese numbers."""
    return f"{octets:,}".replace(",", ".") + " byte"
