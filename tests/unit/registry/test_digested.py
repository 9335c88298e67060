"""What digests ask of the register is asked of one office, since a moment."""

from collections.abc import Callable
from datetime import timedelta

from sqlmodel import col, update

from mailbridge.model.digested import Mails
from mailbridge.model.outcome import OutcomeName
from mailbridge.model.slot import Arrival, Fingerprint
from mailbridge.registry import digested, ledger, mailboxes, tables
from mailbridge.registry.database import Database
from tests.unit.registry.conftest import NOW, OFFICE
from tests.unit.registry.plans import plans

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
        assert digested.mails(tx, BOXES) == Mails()


def test_every_mail_is_counted_once_with_what_became_of_it(
    database: Database, arrival: Callable[..., Arrival]
) -> None:
    with database.transaction() as tx:
        row = ledger.begin(tx, arrival(), Fingerprint("a" * 64), NOW).ledger
        assert digested.mails(tx, BOXES) == Mails({None: 1})
        assert digested.mails(tx, ("another",)) == Mails()
        # A row that says registered, and nothing that was registered: what must be told.
        registered = update(tables.Ledger).values(outcome=OutcomeName.REGISTERED, settled_at=NOW)
        tx.session.exec(registered.where(col(tables.Ledger.id) == row))
        torn = digested.mails(tx, BOXES)
    assert (torn.registered, torn.documents, torn.is_equal) == (1, 0, False)


def test_it_is_known_since_when_a_mailbox_is_watched(database: Database) -> None:
    with database.transaction() as tx:
        mailboxes.start_at(tx, "vanthu", 1, 1, NOW)
        assert digested.watched_since(tx, BOXES) == NOW


def test_the_last_digest_of_a_person_is_asked_of_an_index(database: Database) -> None:
    with plans(database) as (tx, found):
        digested.told_at(tx, "an@hungyen.gov.vn", BOXES)
    (plan,) = found
    assert "ix_outbox_digest" in plan
    assert "SCAN outbox" not in plan
    # The newest stands last in it: nothing is sorted.
    assert "B-TREE" not in plan
    assert "Sort" not in plan
