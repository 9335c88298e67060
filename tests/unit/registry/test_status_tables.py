"""The tables of what becomes of documents belong to the metadata of the migrations."""

from mailbridge.registry.status_tables import METADATA


def test_statuses_are_among_the_tables_of_the_register() -> None:
    assert {"status", "paper", "also"} <= set(METADATA.tables)
