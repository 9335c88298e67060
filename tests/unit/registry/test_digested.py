"""What digests ask of the register is asked of one office, since a moment."""

from collections.abc import Callable
from datetime import timedelta

from mailbridge.model.digested import Mails
from mailbridge.model.outcome import OutcomeName
from mailbridge.model.slot import Arrival, Fingerprint
from mailbridge.registry import digested, ledger, mailboxes
from mailbridge.registry.database import Database
from tests.unit.registry.conftest import NOW, OFFICE

BOXES = ("vanthu",)
OLD = NOW - timedelta(days=14)


def test_an_empty_register_has_nothing_to_tell(database: Database) -> None:
    with database.transaction() as tx:
        assert digested.answered(tx, OFFICE, NOW, OLD, 9) == ()
        assert digested.came(tx, OFFICE, NOW, 9) == ()
        assert digested.refused(tx, OFFICE, NOW, 9) == ()
        assert digested.recalled(tx, OFFICE, NOW, 9) == ()
        assert digested.undelivered(tx, BOXES, OLD, 9) == ()
        assert (digested.impounded(tx, OFFICE), digested.proposals(tx)) == (0, 0)
        assert digested.watched_since(tx, BOXES) is None
        assert digested.told_at(tx, "an@hungyen.gov.vn", BOXES) is None
        assert digested.mails(tx, BOXES, NOW) == Mails()


def test_every_mail_is_counted_once_with_what_became_of_it(
    database: Database, arrival: Callable[..., Arrival]
) -> None:
    with database.transaction() as tx:
        ledger.begin(tx, arrival(), Fingerprint("a" * 64), NOW)
        found = digested.mails(tx, BOXES, NOW)
        assert (found.rows, found.by_outcome, found.came) == (1, {None: 1}, 1)
        assert found.is_equal
        assert digested.mails(tx, BOXES, NOW + timedelta(days=1)).came == 0
        assert digested.mails(tx, ("another",), NOW).rows == 0


def test_it_is_known_since_when_a_mailbox_is_watched(database: Database) -> None:
    with database.transaction() as tx:
        mailboxes.start_at(tx, "vanthu", 1, 1, NOW)
        assert digested.watched_since(tx, BOXES) == NOW


def test_a_registered_mail_without_its_document_does_not_add_up() -> None:
    assert not Mails(1, {OutcomeName.REGISTERED: 1}, registered=1, documents=0).is_equal
    assert not Mails(2, {OutcomeName.HELD: 1}).is_equal
