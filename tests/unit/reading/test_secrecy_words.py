"""A line in every spelling."""

import pytest

from mailbridge.reading.secrecy_words import highest, spellings


@pytest.mark.parametrize("written", ["mËt", "MAÄT", "MA^.T", "MẬT".encode().decode("cp1252")])
def test_one_of_the_spellings_is_the_word(written: str) -> None:
    assert "MẬT" in list(spellings(written))


def test_accented_text_is_taken_as_it_is() -> None:
    assert list(spellings("Kính gửi")) == ["Kính gửi"]


def test_the_highest_mark_is_told() -> None:
    assert highest(["MẬT", None, "TUYỆT MẬT", "TÀI LIỆU THU HỒI"]) == "TUYỆT MẬT"
    assert highest([None]) is None
