"""The index on PostgreSQL: what is asked is made of quoted words alone."""

from mailbridge.registry import search_postgres


def test_words_are_quoted_and_bound() -> None:
    found = search_postgres.matching((("a",), ("or", "not")), 9)
    compiled = found.compile()
    assert "('a') & ('or' | 'not')" in compiled.params.values()
    assert "@@ CAST(" in str(compiled)
    assert "ORDER BY search_index.document DESC" in str(compiled)
