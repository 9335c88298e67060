"""The tables of the hand-over belong to the metadata that migrations are compared with."""

from mailbridge.registry.handover_tables import METADATA


def test_the_hand_over_is_among_the_tables_of_the_register() -> None:
    assert {"handover", "handoverset", "journal", "enrolment"} <= set(METADATA.tables)
