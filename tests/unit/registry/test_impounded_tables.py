"""The table of incidents has no room for words of a mail."""

from mailbridge.registry.impounded_tables import METADATA


def test_no_column_holds_words_of_the_mail() -> None:
    columns = set(METADATA.tables["impounded"].columns.keys())
    assert columns.isdisjoint({"subject", "name", "sender", "message_id", "text"})
    assert {"digest", "size", "mailbox", "level", "state"} <= columns
