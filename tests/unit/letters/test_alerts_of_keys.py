"""What the clerk reads about keys."""

import pytest

from mailbridge.letters import alerts_of_keys
from mailbridge.letters.unsigned import KeyFault
from tests.unit.letters.sample import NOW


@pytest.mark.parametrize("fault", KeyFault)
def test_a_key_that_is_away_is_told_with_what_helps(fault: KeyFault) -> None:
    facts = alerts_of_keys.unsigned("vanthu", fault, NOW)
    assert "không thư nào bị mất" in facts.lines[2]
    assert ("resume key:vanthu" in facts.command) == (fault is KeyFault.PIN)


def test_an_end_that_comes_is_told_with_its_day_and_how_to_try_the_new_key() -> None:
    facts = alerts_of_keys.ending("vanthu", NOW)
    assert "02/03/2026" in facts.title
    assert facts.command == "mailbridge account try-key vanthu"
