"""Vietnamese is told from other languages, and from itself in the wrong encoding."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailbridge.mime.syllables import is_syllable, share
from tests.unit.mime.legacy import TEXT


@pytest.mark.parametrize(
    "word", ["Nghiêng", "quyết", "giếng", "ủy", "khuỷu", "TOÀN", "được", "qué"]
)
def test_a_syllable_is_one(word: str) -> None:
    assert is_syllable(word)


@pytest.mark.parametrize("word", ["été", "größe", "hßa", "nghÜa", "các̉", "bìc", "Ã¡"])
def test_what_is_none_is_none(word: str) -> None:
    assert is_syllable(word) is False


def test_an_abbreviation_speaks_neither_for_nor_against() -> None:
    assert is_syllable("QĐ") is None


@pytest.mark.parametrize(
    "text",
    [
        "Voilà une école française où les élèves sont très gâtés",
        "Größere Städte möchten künftig ähnliche Gebühren für Müll",
        "El señor Núñez viajó mañana a España con su compañía",
    ],
)
def test_another_language_is_not_vietnamese(text: str) -> None:
    assert not share(text).is_sure()
    assert not share(text).is_likely()
    assert share(TEXT).is_sure()


@given(st.text(max_size=300))
def test_any_text_has_a_share(text: str) -> None:
    assert 0 <= share(text).ratio <= 1
