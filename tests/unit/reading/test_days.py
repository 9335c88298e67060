"""Place and day of issue as they are written in the wild."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailbridge.reading.days import Day, day_in
from mailbridge.reading.rows import tidy


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("Hưng Yên, ngày 05 tháng 01 năm 2026", Day("Hưng Yên", date(2026, 1, 5))),
        ("Hưng Yên ngày 5 tháng 1 năm 2026", Day("Hưng Yên", date(2026, 1, 5))),
        ("Hưng Yên, ngày 5/1/2026", Day("Hưng Yên", date(2026, 1, 5))),
        ("Hưng Yên, ngày 05-01-2026", Day("Hưng Yên", date(2026, 1, 5))),
        ("TP. Hồ Chí Minh, ngày 05 tháng 01 năm 2026", Day("TP. Hồ Chí Minh", date(2026, 1, 5))),
        ("Hưng Yên, ngày 0 5 tháng 0 1 năm 2026", Day("Hưng Yên", date(2026, 1, 5))),
        ("Ngày 05 tháng 01 năm 2026", Day(None, date(2026, 1, 5))),
        ("Hà Nội, ngày 31 tháng 02 năm 2026", Day("Hà Nội", None, "31/02/2026")),
        ("Hà Nội, ngày 05 tháng 13 năm 2026", Day("Hà Nội", None, "05/13/2026")),
        ("Hà Nội, ngày 05 tháng 01 năm 0026", Day("Hà Nội", None, "05/01/26")),
        ("Hà Nội, ngày tháng năm 2026", Day("Hà Nội", None)),
        ("Hà Nội, ngày …. tháng 01 năm 2026", Day("Hà Nội", None)),
        ("Căn cứ Quy định số 217-QĐ/TW, ngày 02/01/2020", None),
        ("theo kế hoạch của tỉnh, ngày 5 tháng 1 năm 2026", None),
        ("Ngày mai", None),
    ],
)
def test_the_day_of_issue_is_read(line: str, day: Day | None) -> None:
    assert day_in(tidy(line)) == day


@given(st.dates(date(1945, 1, 1), date(2100, 12, 31)), st.booleans())
def test_what_was_printed_is_found_again(day: date, padded: bool) -> None:
    words = f"ngày {day:%d} tháng {day:%m}" if padded else f"ngày {day.day} tháng {day.month}"
    assert day_in(f"Hưng Yên, {words} năm {day.year}") == Day("Hưng Yên", day)


@given(st.text(alphabet="Hà Nội, ngày tháng năm 0123/-.…", max_size=300))
def test_no_line_is_slow_or_fails(line: str) -> None:
    day_in(tidy(line))
    day_in(tidy(f"Hà Nội, ngày {line}"))
