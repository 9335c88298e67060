"""Words of a subject that let a mail overtake."""

import unicodedata

import pytest

from mailbridge.model.reading import Urgency
from mailbridge.model.wording import urgency_in


@pytest.mark.parametrize(
    ("subject", "urgency"),
    [
        ("HỎA TỐC: họp ngay", Urgency.EXPRESS),
        ("Hoả tốc", Urgency.EXPRESS),
        ("[Thượng khẩn] báo cáo", Urgency.VERY_URGENT),
        ("Khẩn: báo cáo", Urgency.URGENT),
        (unicodedata.normalize("NFD", "KHẨN - báo cáo"), Urgency.URGENT),
        ("Đề nghị khẩn trương rà soát", Urgency.NORMAL),
        ("Phương án ứng phó khẩn cấp", Urgency.NORMAL),
        ("Công văn thường", Urgency.NORMAL),
        ("x" * 100_000, Urgency.NORMAL),
    ],
)
def test_urgency_is_guessed_from_words(subject: str, urgency: Urgency) -> None:
    assert urgency_in(subject) is urgency


def test_each_level_overtakes_the_one_below() -> None:
    assert [level.rank for level in Urgency] == [0, 1, 2, 3]
