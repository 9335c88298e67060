"""The table of incidents belongs to the metadata that migrations are compared with."""

from mailbridge.registry.incident_tables import METADATA


def test_incidents_are_among_the_tables_of_the_register() -> None:
    assert {"incident", "handover"} <= set(METADATA.tables)
