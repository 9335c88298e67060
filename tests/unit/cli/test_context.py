"""Who decides is named."""

from mailbridge.cli.context import person


def test_a_name_that_is_given_counts() -> None:
    assert person("Trần Thị B") == "Trần Thị B"
    assert person(None)
