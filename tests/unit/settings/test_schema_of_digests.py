"""Digests leave of themselves, and a filter that means nothing is refused."""

from datetime import time

import pytest
from pydantic import ValidationError

from mailbridge.settings.schema_of_digests import DigestPerson, Digests


def test_without_settings_there_are_two_editions() -> None:
    made = Digests()
    assert (made.enabled, made.morning, made.evening) == (True, time(7, 30), time(16, 45))


@pytest.mark.parametrize("given", [{"urgency": "gấp"}, {"editions": ("noon",)}, {"who": "x"}, {}])
def test_a_person_that_is_not_understood_is_refused(given: dict[str, object]) -> None:
    address = {"to": "an@hungyen.gov.vn"} if given else {}
    with pytest.raises(ValidationError):
        DigestPerson.model_validate({**address, **given})
