"""Limits of an examination cannot be set so that none is left."""

import pytest
from pydantic import ValidationError

from mailbridge.settings.schema_of_examination import Examination, Reading


@pytest.mark.parametrize("fault", [{"workers": 0}, {"memory_mib": 1}, {"cpu_seconds": 0}])
def test_a_limit_that_limits_nothing_is_refused(fault: dict[str, int]) -> None:
    with pytest.raises(ValidationError):
        Examination(**fault)


def test_scans_are_read_where_the_machine_can() -> None:
    assert Reading().ocr == "auto"
