"""Facts of letters survive the outbox, each in the type of its kind."""

import pytest

from mailbridge.model.letter import LetterKind
from mailbridge.registry import outbox_rows
from tests.unit.letters import sent


@pytest.mark.parametrize("kind", sent.FACTS)
def test_facts_are_written_by_the_kind_of_their_letter(kind: LetterKind) -> None:
    assert outbox_rows.facts(sent.letter(kind)).startswith("{")
