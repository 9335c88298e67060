"""Days before which a text asks for something."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailbridge.reading.deadlines import deadlines_in

ISSUED = date(2026, 1, 5)


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("báo cáo trước ngày 15/3/2026.", ["2026-03-15"]),
        ("gửi về trước ngày 15 tháng 3 năm 2026", ["2026-03-15"]),
        ("trước 17 giờ 00 ngày 15/3/2026", ["2026-03-15"]),
        ("trước 17h ngày 15/3", ["2026-03-15"]),
        ("chậm nhất đến hết ngày 15-03-2026", ["2026-03-15"]),
        ("Trước ngày 15/3/2026 và trước ngày 20/3/2026", ["2026-03-15", "2026-03-20"]),
        ("đã báo cáo trước ngày 15/3/2025", []),
        ("trước ngày 31/02/2026", []),
        ("hoàn thành trước ngày 15/3/2045", []),
        ("ngày 15/3/2026", []),
    ],
)
def test_deadlines_are_days_to_come(text: str, days: list[str]) -> None:
    assert [day.isoformat() for day in deadlines_in(text, ISSUED)] == days


@given(st.text(alphabet="trước ngày hết 0123/năm", max_size=300))
def test_no_text_is_slow_or_fails(text: str) -> None:
    deadlines_in(text, None)
    deadlines_in(text, ISSUED)
