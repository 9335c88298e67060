"""The same sending makes the same letter, another one another."""

from dataclasses import replace

import pytest

from mailbridge.letters.documents import Dispatch, letter
from mailbridge.model.document import DocumentKey
from mailbridge.model.letter import DocumentFacts
from mailbridge.model.reading import Urgency
from tests.unit.letters.sample import BY, DOCUMENT, NOW, SECRET, TO

DISPATCH = Dispatch(DOCUMENT, (), BY, (TO,), NOW)


def test_a_retry_bears_the_same_name() -> None:
    assert letter(DISPATCH, 1, TO, SECRET) == letter(DISPATCH, 1, TO, SECRET)


def test_another_round_or_recipient_is_another_letter() -> None:
    names = {
        letter(DISPATCH, 1, TO, SECRET).id,
        letter(replace(DISPATCH, round=2), 1, TO, SECRET).id,
        letter(DISPATCH, 1, replace(TO, address="khac@vidu.gov.vn"), SECRET).id,
    }
    assert len(names) == 3


@pytest.mark.parametrize(
    ("symbol", "halves"),
    [
        ("125-CV/TU", ("125", "CV/TU")),
        ("125/QĐ-UBND", ("125", "QĐ-UBND")),
        ("không số", ("", "không số")),
        (None, ("", "")),
    ],
)
def test_number_and_notation_are_parted_by_either_form(
    symbol: str | None, halves: tuple[str, str]
) -> None:
    document = replace(DOCUMENT, key=DocumentKey("H28.01", symbol, "2026-03-01"))
    facts = letter(replace(DISPATCH, document=document), 1, TO, SECRET).facts
    assert isinstance(facts, DocumentFacts)
    assert (facts.number, facts.notation) == halves


def test_what_is_urgent_leaves_first() -> None:
    urgent = replace(DISPATCH, document=replace(DOCUMENT, urgency=Urgency.URGENT))
    assert letter(urgent, 1, TO, SECRET).urgent
    assert not letter(DISPATCH, 1, TO, SECRET).urgent
