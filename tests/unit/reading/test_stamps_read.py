"""Stamps of urgency."""

import pytest

from mailbridge.model.reading import Urgency
from mailbridge.reading.stamps import urgency_in


@pytest.mark.parametrize(
    ("line", "urgency"),
    [
        ("KHẨN", Urgency.URGENT),
        ("| K H Ẩ N |", Urgency.URGENT),
        ("THƯỢNG KHẨN", Urgency.VERY_URGENT),
        ("HOẢ TỐC", Urgency.EXPRESS),
        ("HỎA TỐC", Urgency.EXPRESS),
        ("HỎA TỐC HẸN GIỜ", Urgency.EXPRESS),
        ("Khẩn", Urgency.NORMAL),
        ("Đề nghị khẩn trương", Urgency.NORMAL),
        ("KHẨN TRƯƠNG", Urgency.NORMAL),
    ],
)
def test_a_stamp_is_a_line_of_its_own(line: str, urgency: Urgency) -> None:
    assert urgency_in(["Số 5-CV/TU", line, "Kính gửi"]) is urgency
