"""Sources of fields merged: the most trusted speaks, and who says otherwise stays visible."""

from collections.abc import Iterable
from dataclasses import replace

from mailbridge.model.reading import Field, FieldName
from mailbridge.model.wording import fold

Found = dict[FieldName, Field]

# Where two sources disagree, the chosen value is less sure.
_DOUBT = 0.6
# Where two agree, it is more so: the share of the doubt that is left.
_LEFT = 0.5
_NAMES = {
    FieldName.AGENCY: "Mã định danh", FieldName.NUMBER: "Số", FieldName.NOTATION: "Ký hiệu",
    FieldName.SYMBOL: "Số và ký hiệu", FieldName.DATE: "Ngày ban hành", FieldName.TYPE: "Thể loại",
    FieldName.URGENCY: "Mức độ khẩn", FieldName.SUMMARY: "Trích yếu",
    FieldName.ENCLOSURES: "Tài liệu kèm theo", FieldName.COMPETENCE: "Thẩm quyền ký",
    FieldName.POSITION: "Chức vụ", FieldName.SIGNER: "Người ký",
    FieldName.ISSUER: "Cơ quan ban hành", FieldName.SUPERIOR: "Cơ quan cấp trên",
    FieldName.ADDRESSEES: "Kính gửi", FieldName.RECIPIENTS: "Nơi nhận",
    FieldName.PLACE: "Địa danh", FieldName.DEADLINE: "Thời hạn xử lý", FieldName.PAGES: "Số trang",
}  # fmt: skip


def merged(by_source: Iterable[Found]) -> tuple[Found, tuple[str, ...]]:
    """Merge sources in order of trust; gives the fields and a note for each disagreement."""
    kept: Found = {}
    for found in by_source:
        for name, each in found.items():
            kept[name] = _beside(name, kept[name], each) if name in kept else each
    notes = tuple(
        f"{_NAMES[name]}: ghi “{each.value}” ({each.source}), nhưng cũng đọc được "
        + ", ".join(f"“{other}”" for other in each.others) + "."
        for name, each in kept.items()
        if each.others and name is not FieldName.DEADLINE
    )  # fmt: skip
    return kept, notes


def _beside(name: FieldName, kept: Field, other: Field) -> Field:
    if same(name, kept.value, other.value):
        sure = 1 - (1 - kept.confidence) * _LEFT
        return kept if kept.others else replace(kept, confidence=round(sure, 2))
    others = (*kept.others, f"{other.value} ({other.source})", *other.others)
    return replace(kept, others=others, confidence=round(kept.confidence * _DOUBT, 2))


def same(name: FieldName, one: str, other: str) -> bool:
    """Tell whether two sources say the same: 05 and 5, with and without "về việc"."""
    return _plain(name, one) == _plain(name, other)


def _plain(name: FieldName, value: str) -> str:
    text = "".join(letter for letter in fold(value) if letter.isalnum())
    if name in {FieldName.NUMBER, FieldName.SYMBOL}:
        return text.lstrip("0")
    if name is FieldName.SUMMARY:
        return text.removeprefix("vv").removeprefix("veviec").removeprefix("ve")
    return text
