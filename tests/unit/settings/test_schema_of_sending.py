"""What we send keeps to bounds that a person cannot set to nonsense."""

import pytest
from pydantic import ValidationError

from mailbridge.settings.schema_of_sending import Sending


@pytest.mark.parametrize(
    "fault",
    [
        {"mail_mib": 0},
        {"per_minute": -1},
        {"reminders": 10},
        {"receipts_pause_minutes": 0},
        {"warn_minutes": -1},
        {"speed": 1},
    ],
)
def test_nonsense_is_refused(fault: dict[str, int]) -> None:
    with pytest.raises(ValidationError):
        Sending(**fault)


def test_without_a_word_everything_has_a_measure() -> None:
    assert (Sending().mail_mib, Sending().per_minute, Sending().folder) == (25, 120, None)
