"""Thể loại: kinds of documents by their printed name and by their abbreviation (Điều 11.4).

The printed title decides: the Party writes QĐ for Quyết định and for Quy định.
"""

from mailbridge.model.wording import fold

# Types of 399-QĐ/TW and Nghị định 30/2020/NĐ-CP, with the abbreviations of symbols.
_KINDS = {
    "Nghị quyết": ("NQ",), "Quyết định": ("QĐ",), "Chỉ thị": ("CT",), "Kết luận": ("KL",),
    "Quy chế": ("QC",), "Quy định": ("QyĐ", "QĐi"), "Thông tri": ("TT",), "Hướng dẫn": ("HD",),
    "Thông báo": ("TB",), "Thông cáo": ("TC",), "Tuyên bố": (), "Lời kêu gọi": ("LKG",),
    "Báo cáo": ("BC",), "Kế hoạch": ("KH",), "Quy hoạch": ("QH",), "Chương trình": ("CTr",),
    "Đề án": ("ĐA",), "Phương án": ("PA",), "Dự án": ("DA",), "Tờ trình": ("TTr",),
    "Công văn": ("CV",), "Biên bản": ("BB",), "Chiến lược": ("CL",), "Công điện": ("CĐ",),
    "Cương lĩnh": (), "Điều lệ": (), "Giấy mời": ("GM",), "Giấy giới thiệu": ("GGT",),
    "Giấy chứng nhận": ("GCN",), "Giấy đi đường": ("GĐĐ",), "Giấy nghỉ phép": ("GNP",),
    "Giấy ủy quyền": ("GUQ",), "Phiếu chuyển": ("PC",), "Phiếu gửi": ("PG",),
    "Phiếu báo": ("PB",), "Thư công": (), "Hợp đồng": ("HĐ",), "Bản ghi nhớ": ("BGN",),
    "Bản thỏa thuận": ("BTT",), "Bản sao": ("BS", "SY", "TrS", "SL"), "Nghị định": ("NĐ",),
    "Thông tư": (), "Luật": (), "Pháp lệnh": (),
}  # fmt: skip
_BY_NAME = {fold(name).replace(" ", ""): name for name in _KINDS}
_BY_CODE = {code.lower(): name for name, codes in _KINDS.items() for code in codes}
# A title is no sentence.
_LONGEST = 60


def kind_of_title(title: str) -> tuple[str, bool] | None:
    """Read a title line in capitals: the kind, and whether the line says nothing else.

    Letters may stand apart ("B Á O   C Á O"); "CHƯƠNG TRÌNH HÀNH ĐỘNG" is a programme.
    """
    text = title.strip(" .:-–*_")
    if not text or len(text) > _LONGEST or not text.isupper() or title.endswith(":"):
        return None
    close = fold(text).replace(" ", "")
    if close in _BY_NAME:
        return _BY_NAME[close], True
    words = fold(text).split()
    if len(close) < 2 * len(words):
        # Letters stand apart, and nothing tells the words from one another.
        found = max((name for name in _BY_NAME if close.startswith(name)), key=len, default=None)
        return (_BY_NAME[found], False) if found else None
    for length in (4, 3, 2):
        name = "".join(words[:length])
        if len(words) > length and name in _BY_NAME:
            return _BY_NAME[name], False
    return None


def kind_of_notation(notation: str) -> str | None:
    """Read the abbreviation in "CV/VPTU", "QĐ-UBND", "2020/NĐ-CP"; None where there is none."""
    parts = notation.replace("/", "-").split("-")
    first = parts[1] if parts[0].isdigit() and len(parts) > 1 else parts[0]
    return _BY_CODE.get(first.lower())


def kind_named(name: str) -> str | None:
    """Find the kind that another program names, however it spells it."""
    return _BY_NAME.get(fold(name).replace(" ", ""))
