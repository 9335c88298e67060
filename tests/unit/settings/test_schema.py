"""What the settings may never say."""

from typing import get_args

from mailbridge.settings.schema import Policy, Settings


def test_nothing_unproven_can_be_registered_by_a_setting() -> None:
    for verdict in ("undetermined", "failed"):
        assert get_args(Policy.model_fields[verdict].annotation) == ("hold",)


def test_every_table_is_frozen_and_closed() -> None:
    assert Settings.model_config["frozen"]
    assert Settings.model_config["extra"] == "forbid"
