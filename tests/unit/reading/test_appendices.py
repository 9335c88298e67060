"""Appendices are told from papers."""

import pytest

from mailbridge.reading.appendices import appendix_on
from mailbridge.reading.lines import of_text


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("PHỤ LỤC II\nDANH MỤC VIỆC", "PHỤ LỤC II"),
        ("- 4 -\nPhụ lục 01\n(Kèm theo Kế hoạch số 5-KH/TU)", "Phụ lục 01"),
        ("DANH SÁCH\nđại biểu\n(Kèm theo Quyết định số 5-QĐ/TU)", "DANH SÁCH"),
        ("DANH SÁCH\nđại biểu", None),
        ("Danh mục này áp dụng cho mọi cơ quan", None),
    ],
)
def test_the_title_of_an_appendix(text: str, title: str | None) -> None:
    assert appendix_on(of_text(text)) == title
