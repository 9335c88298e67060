"""The fields of a document as a clerk reads them: the regulation's words for names and sources."""

from datetime import date
from typing import TYPE_CHECKING

from mailbridge.model.reading import Field, FieldName

if TYPE_CHECKING:
    from mailbridge.model.document import Document

# Điều 11 of the regulation, and the parts of the head and the foot of a page.
FIELDS = {
    FieldName.AGENCY: "Mã định danh",
    FieldName.NUMBER: "Số",
    FieldName.NOTATION: "Ký hiệu",
    FieldName.SYMBOL: "Số và ký hiệu",
    FieldName.DATE: "Ngày ban hành",
    FieldName.TYPE: "Thể loại",
    FieldName.URGENCY: "Mức độ khẩn",
    FieldName.SUMMARY: "Trích yếu",
    FieldName.ENCLOSURES: "Tài liệu gửi kèm",
    FieldName.COMPETENCE: "Quyền hạn ký",
    FieldName.POSITION: "Chức vụ",
    FieldName.SIGNER: "Họ tên người ký",
    FieldName.ISSUER: "Cơ quan ban hành",
    FieldName.SUPERIOR: "Cơ quan cấp trên",
    FieldName.ADDRESSEES: "Kính gửi",
    FieldName.RECIPIENTS: "Nơi nhận",
    FieldName.PLACE: "Địa danh",
    FieldName.DEADLINE: "Thời hạn xử lý",
    FieldName.PAGES: "Số trang",
}
# What else a correction or a number may change.
_OTHERS = {
    "document": "Văn bản của số",
    "void": "Hủy số",
    "agency": "Mã định danh",
    "state": "Trạng thái",
}
_DAYS = {FieldName.DATE, FieldName.DEADLINE}
# How a source is written, up to its colon.
_SOURCES = {
    "pdf": "tệp PDF",
    "docx": "tệp Word",
    "ocr": "nhận dạng chữ (máy đọc)",
    "edxml": "gói edXML",
    "subject": "tiêu đề thư",
    "body": "nội dung thư",
    "name": "tên tệp",
    "file": "tên tệp",
}


def field_name(name: str) -> str:
    """Name a field, or what else of a document was changed."""
    return FIELDS[FieldName(name)] if name in set(FieldName) else _OTHERS.get(name, name)


def day(written: str | None) -> str:
    """Write an ISO date as people do here; what is none stays as it is."""
    try:
        return f"{date.fromisoformat(written):%d/%m/%Y}" if written else ""
    except ValueError:
        return written or ""


def source(document: "Document", field: Field) -> str:
    """Name where a value was read, and in which file."""
    kind, _, place = field.source.partition(":")
    names = {file.path: file.name for file in document.files}
    named = _SOURCES.get(kind, kind)
    return f"{named} {names.get(place, place)}".strip() if place else named


def rows(document: "Document") -> list[tuple[object, ...]]:
    """Give each field in the order of Điều 11: name, value, source, confidence, other values."""
    fields = document.reading.fields
    return [
        (
            FIELDS[name],
            day(fields[name].value) if name in _DAYS else fields[name].value,
            f"{fields[name].confirmed_by} xác nhận"
            if fields[name].confirmed_by
            else source(document, fields[name]),
            "" if fields[name].confirmed_by else f"{fields[name].confidence:.0%}",
            "; ".join(fields[name].others),
        )
        for name in FIELDS
        if name in fields
    ]
