from datetime import UTC, date, datetime

import pytest

from mailbridge.letters import words
from mailbridge.model.evidence import Verdict


def test_every_verdict_has_words_and_a_reason() -> None:
    assert set(words.VERDICTS) == set(words.WHY) == set(Verdict)


def test_no_verdict_is_told_as_not_checked() -> None:
    assert words.verdict(None) == "chưa kiểm tra được"


def test_moment_of_the_evening_is_the_next_day_in_vietnam() -> None:
    evening = datetime(2026, 3, 1, 18, 5, tzinfo=UTC)
    assert words.moment(evening) == "01 giờ 05 phút, ngày 02/03/2026 (giờ Việt Nam)"
    assert words.day(evening) == words.day(date(2026, 3, 2)) == "02/03/2026"


def test_size_is_told_exactly() -> None:
    assert words.size(1_234_567) == "1.234.567 byte"


@pytest.mark.parametrize(
    ("key", "said"),
    [
        ("DEMO.02.07,2026/11/25,3-CV/ĐU", "văn bản số 3-CV/ĐU ngày 25/11/2026"),
        ("DEMO.02.07,,3-CV/ĐU", "văn bản số 3-CV/ĐU"),
        ("DEMO.02.07,2026/11/25,", "DEMO.02.07,2026/11/25,"),
        ("gì đó", "gì đó"),
    ],
)
def test_a_document_is_called_as_people_call_it(key: str, said: str) -> None:
    assert words.named(key) == said
