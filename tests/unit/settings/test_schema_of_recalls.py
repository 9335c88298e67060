"""What is called back is destroyed by the clerk, within a day, if the settings say nothing."""

import pytest
from pydantic import ValidationError

from mailbridge.settings.schema_of_recalls import Recall


def test_the_clerk_destroys_within_a_day() -> None:
    made = Recall()
    assert (made.destroy, made.deadline_hours) == ("clerk", 24)


@pytest.mark.parametrize(
    "wrong", [{"destroy": "never"}, {"deadline_hours": 0}, {"deadline_hours": 9999}]
)
def test_nobody_can_set_that_it_stays(wrong: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        Recall.model_validate(wrong)
