"""Who decides is named."""

import pytest

from mailbridge.cli.context import iso, person, urgent
from mailbridge.cli.exits import UsageError


def test_a_name_that_is_given_counts() -> None:
    assert person("Trần Thị B") == "Trần Thị B"
    assert person(None)


def test_days_and_urgencies_of_options_are_read_in_either_spelling() -> None:
    assert iso("--due", "30/11/2026") == iso("--due", "2026-11-30") == "2026-11-30"
    assert urgent("--urgency", "hoả tốc") is urgent("--urgency", "hỏa tốc")
    with pytest.raises(UsageError, match="30/11/2026"):
        iso("--due", "mai")
    with pytest.raises(UsageError, match="hỏa tốc"):
        urgent("--urgency", "gấp")
