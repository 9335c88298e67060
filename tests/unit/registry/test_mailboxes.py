"""Starting points and suspended accounts."""

from mailbridge.registry import mailboxes
from mailbridge.registry.database import Database
from tests.unit.registry.conftest import NOW


def test_a_mailbox_has_no_state_before_its_first_start(database: Database) -> None:
    with database.reading() as tx:
        assert mailboxes.state(tx, "vanthu") is None


def test_a_new_uidvalidity_replaces_the_starting_point(database: Database) -> None:
    for uidvalidity, uid in ((1, 500), (2, 3)):
        with database.transaction() as tx:
            told = mailboxes.start_at(tx, "vanthu", uidvalidity, uid, NOW)
        with database.reading() as tx:
            assert mailboxes.state(tx, "vanthu") == told
        assert (told.uidvalidity, told.start_uid) == (uidvalidity, uid)


def test_a_suspended_account_is_named_until_it_is_resumed(database: Database) -> None:
    for why in ("sai mật khẩu", "bị khóa"):
        with database.transaction() as tx:
            mailboxes.suspend(tx, "smtp:vanthu", why, NOW)
    with database.transaction() as tx:
        assert mailboxes.suspended(tx) == {"smtp:vanthu": "bị khóa"}
        assert mailboxes.suspended_at(tx, "smtp:vanthu") == NOW
        assert mailboxes.suspended_at(tx, "smtp:khac") is None
        mailboxes.resume(tx, "smtp:vanthu")
        mailboxes.resume(tx, "smtp:khac")
    with database.reading() as tx:
        assert mailboxes.suspended(tx) == {}
