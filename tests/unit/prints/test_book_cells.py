"""Cells say days as people read them, and break where a column ends."""

from datetime import date

import pytest
from reportlab.pdfbase.pdfmetrics import stringWidth

from mailbridge.model.book_row import BookField, BookRow
from mailbridge.prints.book_cells import cell, day, dotted, wrapped
from mailbridge.prints.fonts import REGULAR, ready
from tests.unit.prints.volumes import NOW, row


def test_a_day_is_read_in_vietnam_and_what_is_none_stays_as_it_was_read() -> None:
    assert [day(NOW), day(NOW.date()), day("2026-11-23"), day("31/02"), day(None)] == [
        "24/11/2026", "24/11/2026", "23/11/2026", "31/02", "",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("summary", "shown"),
    [("Về việc x", "Công văn Về việc x"), ("CÔNG VĂN về việc x", "CÔNG VĂN về việc x")],
)
def test_a_title_names_the_type_once(summary: str, shown: str) -> None:
    assert cell(row(1, summary=summary), BookField.TITLE) == shown


def test_an_origin_leaves_out_what_is_not_known() -> None:
    bare = row(1, type="", symbol="", issued="")
    assert cell(bare, BookField.ORIGIN) == "Văn bản của Văn phòng Tỉnh ủy Ví Dụ"


def test_no_line_is_wider_than_its_column_and_no_letter_is_lost() -> None:
    ready()
    text = "Văn bản " + "dàilắm" * 40 + " hết"
    broken = wrapped(text, 60, REGULAR, 9)
    assert max(stringWidth(line, REGULAR, 9) for line in broken) <= 60
    assert "".join(broken).replace(" ", "") == text.replace(" ", "")


def test_every_field_of_a_layout_can_be_shown() -> None:
    assert all(isinstance(cell(row(1), field), str) for field in BookField)


def test_what_is_not_known_is_an_empty_cell() -> None:
    bare = BookRow("1", date(2026, 11, 24))
    assert "None" not in {cell(bare, field) for field in BookField}


def test_dots_fill_a_line_and_no_more() -> None:
    ready()
    line = dotted("Số: ", 120, REGULAR, 9)
    assert 105 < stringWidth(line, REGULAR, 9) <= 120
    assert dotted("Số và ký hiệu", 10, REGULAR, 9) == "Số và ký hiệu"
