"""Days and urgencies are read as people write them, and nothing is guessed."""

from datetime import date

import pytest

from mailbridge.model.reading import Urgency
from mailbridge.rules.said import day, urgency


@pytest.mark.parametrize("text", ["30/11/2026", "30-11-2026", "30.11.2026", "2026-11-30"])
def test_a_day_is_read_in_either_order(text: str) -> None:
    assert day(text) == date(2026, 11, 30)


@pytest.mark.parametrize("text", ["31/02/2026", "2026-02-31", "11/30/2026", "mai", "", "30/11/26"])
def test_what_is_no_day_is_none(text: str) -> None:
    assert day(text) is None


@pytest.mark.parametrize("text", ["hỏa tốc", "hoả tốc", "HỎA TỐC", "hoa toc"])
def test_both_spellings_are_the_same_urgency(text: str) -> None:
    assert urgency(text) is Urgency.EXPRESS


def test_an_unknown_urgency_is_none() -> None:
    assert urgency("gấp") is None
