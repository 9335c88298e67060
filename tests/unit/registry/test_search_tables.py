"""The index is made on both engines, and without what would keep more than words."""

from mailbridge.registry.search_tables import INDEX


def test_both_engines_have_an_index_without_a_parser_of_their_own() -> None:
    assert set(INDEX) == {"sqlite", "postgresql"}
    assert "tokenize='ascii', detail=none" in INDEX["sqlite"][0]
    assert "to_tsvector" not in " ".join(INDEX["postgresql"])
