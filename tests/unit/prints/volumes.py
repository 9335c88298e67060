"""Volumes of books, with whatever a test changes in them."""

from datetime import UTC, datetime, timedelta

from mailbridge.model.book_row import BookField, BookPrint, BookRow, Column, Layout

NOW = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)

TEN = (
    ("Ngày đến", 18, BookField.ARRIVED),
    ("Số đến", 13, BookField.NUMBER),
    ("Tác giả", 36, BookField.AUTHOR),
    ("Số, ký hiệu văn bản", 27, BookField.SYMBOL),
    ("Ngày tháng văn bản", 18, BookField.ISSUED),
    ("Tên loại và trích yếu nội dung văn bản", 74, BookField.TITLE),
    ("Đơn vị hoặc người nhận", 30, BookField.HANDLER),
    ("Ngày chuyển", 18, BookField.MOVED),
    ("Ký nhận", 16, BookField.EMPTY),
    ("Ghi chú", 22, BookField.NOTE),
)


def row(number: int, **changed: object) -> BookRow:
    at = NOW + timedelta(days=number // 30)
    values: dict[str, object] = {
        "author": "Văn phòng Tỉnh ủy Ví Dụ",
        "symbol": f"{number}-CV/VPTU",
        "issued": "2026-11-23",
        "type": "Công văn",
        "summary": f"về việc thử nghiệm lần {number}",
        "arrived": at,
    }
    return BookRow(number=str(number), day=at.date(), **(values | changed))  # type: ignore[arg-type]


def volume(*rows: BookRow, columns: tuple[tuple[str, float, BookField], ...] = TEN) -> BookPrint:
    layout = Layout("Sổ đăng ký văn bản đến", tuple(Column(*one) for one in columns), "NĐ 30")
    return BookPrint(layout, "Đảng ủy phường Ví Dụ", "Tỉnh ủy Ví Dụ", rows, NOW)
