"""The first clue that finds something decides, and nothing weaker is asked after it."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailbridge.model.letter import Party
from mailbridge.model.sending import Exchange
from mailbridge.model.statement import Match, Way
from mailbridge.rules.matching import Clue, clues, found
from tests.unit.rules.answering import EXCHANGE, PDF, RECEIPT, THEM, TOKEN

OTHER = replace(EXCHANGE, id=8, to=Party("DEMO.01.03", "Ban", "noichinh@hungyen.gov.vn"))
ISSUED = date(2026, 11, 20)
SECOND = "mb." + "b" * 52
WHOLE = replace(RECEIPT, envelope=SECOND, references=(f"{SECOND}@x.vn",), issued=ISSUED)


def test_clues_come_in_the_order_of_what_they_prove() -> None:
    assert list(clues(WHOLE)) == [
        Clue(Way.MESSAGE_ID, (TOKEN,)),
        Clue(Way.ENVELOPE, (SECOND,)),
        Clue(Way.REFERENCE, (SECOND,)),
        Clue(Way.KEY, ("12-CV/ĐU",), ISSUED),
        Clue(Way.FILES, (PDF,)),
    ]


@pytest.mark.parametrize("way", list(Way))
def test_nothing_is_asked_after_the_first_that_finds(way: Way) -> None:
    asked: list[Way] = []

    def look(clue: Clue) -> tuple[Exchange, ...]:
        asked.append(clue.way)
        return (EXCHANGE,) if clue.way is way else ()

    assert found(WHOLE, look, THEM.agency) == Match(way, (EXCHANGE,))
    assert asked == list(Way)[: list(Way).index(way) + 1]


def test_where_no_clue_finds_there_is_no_match() -> None:
    assert found(WHOLE, lambda clue: (), THEM.agency) is None


def test_of_who_is_no_agency_only_tokens_are_looked_up() -> None:
    asked: list[Way] = []

    def look(clue: Clue) -> tuple[Exchange, ...]:
        asked.append(clue.way)
        return ()

    assert found(WHOLE, look) is None
    assert asked == [Way.MESSAGE_ID, Way.ENVELOPE, Way.REFERENCE]
    assert found(replace(RECEIPT, names=()), look) is None
    assert len(asked) == 3


@pytest.mark.parametrize(
    "name",
    [
        f"<{TOKEN}@hungyen.gov.vn>",
        f"{TOKEN.upper()}@HUNGYEN.GOV.VN",
        # Providers put their own domain, or their own name, around it.
        f"<{TOKEN}@mail.protection.vidu.com>",
        f"<20261125.{TOKEN}.x1@vidu.com>",
    ],
)
def test_the_token_is_found_in_what_providers_make_of_a_message_id(name: str) -> None:
    (first, *_) = clues(replace(RECEIPT, names=(name,)))
    assert first == Clue(Way.MESSAGE_ID, (TOKEN,))


@pytest.mark.parametrize(
    "name", ["", "abc@vidu.vn", f"x{TOKEN}@x", f"{TOKEN}a@x", "mb.short@x", "mbs." + "a" * 52]
)
def test_what_is_no_token_of_a_document_is_not_looked_for(name: str) -> None:
    assert {clue.way for clue in clues(replace(RECEIPT, names=(name,)))} == {Way.KEY, Way.FILES}


def test_of_several_recipients_the_one_that_answers_is_meant() -> None:
    assert found(RECEIPT, lambda clue: (OTHER, EXCHANGE)) == Match(Way.MESSAGE_ID, (EXCHANGE,))


def test_the_agency_of_the_mailbox_counts_where_nothing_is_stated() -> None:
    said = replace(RECEIPT, by=("", ""))
    match = found(said, lambda clue: (OTHER, EXCHANGE), sender=THEM.agency)
    assert match == Match(Way.MESSAGE_ID, (EXCHANGE,))


def test_where_no_recipient_answers_all_are_kept_for_the_rules_to_refuse() -> None:
    said = replace(RECEIPT, by=("DEMO.09", "x@y.vn"))
    match = found(said, lambda clue: (OTHER, EXCHANGE))
    assert match == Match(Way.MESSAGE_ID, (OTHER, EXCHANGE))


@given(st.lists(st.text(max_size=80), max_size=5))
def test_names_of_anybody_are_looked_through(names: list[str]) -> None:
    for clue in clues(replace(RECEIPT, names=tuple(names), symbol=None, files=None)):
        assert all(value.startswith("mb.") and len(value) == 55 for value in clue.values)
