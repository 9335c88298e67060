"""What would be taken in is shown before anything is done."""

from datetime import UTC, datetime

from mailbridge.actions.house import House
from mailbridge.daemon.preview import preview
from mailbridge.registry import ledger, mailboxes
from tests.simulators.imap import ImapServer
from tests.unit.daemon.conftest import Open


def test_a_preview_shows_and_changes_nothing(
    house: House, server: ImapServer, mailbox_of: Open
) -> None:
    server.deliver(b"Subject: mot\r\n\r\n")
    with mailbox_of() as mailbox:
        shown = preview("vanthu", house.database, mailbox, "all", datetime.now(UTC))
        none = preview("vanthu", house.database, mailbox, "now", datetime.now(UTC))
    assert [(one.uid, one.subject) for one in shown] == [(1, "mot")]
    assert none == []
    with house.database.reading() as tx:
        assert ledger.rows(tx) == ()
        assert mailboxes.state(tx, "vanthu") is None
