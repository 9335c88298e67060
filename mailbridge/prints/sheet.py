"""The book as rows for other programs: a workbook (XLSX), CSV and JSON Lines.

Cells are words from mails. A program that calculates must never take one for a formula: in XLSX
each is written as a text, in CSV what begins like a formula is preceded by an apostrophe.
"""

import csv
import io
import json
import unicodedata
from collections.abc import Iterable
from datetime import date, datetime

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from mailbridge.clock import in_vietnam
from mailbridge.model.book_row import BookField, BookRow

HEADINGS = {
    BookField.NUMBER: "Số đến",
    BookField.ARRIVED: "Ngày đến",
    BookField.AUTHOR: "Tác giả",
    BookField.SYMBOL: "Số, ký hiệu văn bản",
    BookField.ISSUED: "Ngày tháng văn bản",
    BookField.TYPE: "Tên loại",
    BookField.SUMMARY: "Trích yếu nội dung văn bản",
    BookField.SIGNER: "Người ký",
    BookField.RECIPIENTS: "Nơi nhận",
    BookField.URGENCY: "Mức độ khẩn",
    BookField.VALUE: "Giá trị",
    BookField.HANDLER: "Đơn vị hoặc người nhận",
    BookField.MOVED: "Ngày chuyển",
    BookField.DEADLINE: "Thời hạn giải quyết",
    BookField.PROGRESS: "Tiến độ giải quyết",
    BookField.REPLY: "Số, ký hiệu văn bản trả lời",
    BookField.NOTE: "Ghi chú",
}
_WIDE = {BookField.SUMMARY: 60, BookField.AUTHOR: 32, BookField.RECIPIENTS: 32}
# Excel refuses a longer cell.
_CELL = 32_000
# OWASP, CSV Injection: what a calculating program takes for the beginning of a formula; the
# full-width signs too, which some read as the others.
_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠")  # fmt: skip
# Before this year Excel knows no days.
_FIRST_YEAR = 1900
_INVISIBLE = dict.fromkeys((0xAD, *range(0x200B, 0x2010), *range(0x202A, 0x202F), 0xFEFF))


def as_xlsx(rows: Iterable[BookRow], title: str, now: datetime) -> bytes:
    """Write a workbook: a frozen head, days as days, and everything else as text."""
    made = io.BytesIO()
    book = xlsxwriter.Workbook(
        made,
        {
            "in_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        },
    )
    book.set_properties({"title": title, "created": in_vietnam(now).replace(tzinfo=None)})
    page = book.add_worksheet("So")
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "border": 1})
    text = book.add_format({"text_wrap": True, "valign": "top", "num_format": "@"})
    days = book.add_format({"valign": "top", "num_format": "dd/mm/yyyy"})
    for at, (field, heading) in enumerate(HEADINGS.items()):
        page.write_string(0, at, heading, bold)
        page.set_column(at, at, _WIDE.get(field, 16))
    count = 0
    for count, row in enumerate(rows, 1):
        for at, field in enumerate(HEADINGS):
            _put(page, (count, at), _value(row, field), (text, days))
    page.freeze_panes(1, 1)
    page.autofilter(0, 0, max(count, 1), len(HEADINGS) - 1)
    page.set_landscape()
    page.repeat_rows(0)
    book.close()
    return made.getvalue()


def _put(
    page: Worksheet, cell: tuple[int, int], value: str | date | None, looks: tuple[Format, Format]
) -> None:
    text, days = looks
    if isinstance(value, date) and value.year >= _FIRST_YEAR:
        page.write_datetime(*cell, value, days)
    elif value:
        page.write_string(*cell, _clean(_shown(value))[:_CELL], text)


def as_csv(rows: Iterable[BookRow], *, mark: bool = True, delimiter: str = ",") -> bytes:
    """Write CSV in UTF-8; `mark` begins it with the mark by which Excel knows that."""
    made = io.StringIO()
    lines = csv.writer(made, delimiter=delimiter, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    lines.writerow(HEADINGS.values())
    for row in rows:
        lines.writerow([disarmed(_shown(_value(row, field))) for field in HEADINGS])
    return made.getvalue().encode("utf-8-sig" if mark else "utf-8")


def as_json_lines(rows: Iterable[BookRow]) -> bytes:
    """Write one JSON object a line, with English keys; moments are ISO 8601 of Vietnam."""
    return "".join(f"{json.dumps(_plain(row), ensure_ascii=False)}\n" for row in rows).encode()


def disarmed(value: str) -> str:
    """Make a cell that no program takes for a formula."""
    text = _clean(value).strip()
    return f"'{text}" if text.startswith(_FORMULA) else text


def _plain(row: BookRow) -> dict[str, object]:
    values: dict[str, object] = {}
    for field in HEADINGS:
        value = getattr(row, field.value)
        values[field.value] = (
            in_vietnam(value).isoformat() if isinstance(value, datetime) else value
        )
    return values | {"void": row.is_void}


def _value(row: BookRow, field: BookField) -> str | date | None:
    value: str | datetime | None = getattr(row, field.value)
    if isinstance(value, datetime):
        return in_vietnam(value).date()
    if field is BookField.ISSUED and value:
        try:
            return date.fromisoformat(value)
        except ValueError:
            return value
    return value


def _shown(value: str | date | None) -> str:
    return value.strftime("%d/%m/%Y") if isinstance(value, date) else value or ""


def _clean(value: str) -> str:
    """Make one line without control codes and what reorders it."""
    visible = unicodedata.normalize("NFC", value).translate(_INVISIBLE)
    return "".join(" " if unicodedata.category(one)[0] == "C" else one for one in visible)
