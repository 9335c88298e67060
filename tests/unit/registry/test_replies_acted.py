"""A word acts once; notices that left at one moment shared a mail."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from mailbridge.model.slot import Arrival, Fingerprint, Slot
from mailbridge.registry import ledger, outbox, replies_acted
from mailbridge.registry.database import Database, Transaction
from tests.unit.letters.sample import passed_on
from tests.unit.registry.conftest import NOW

TO = "truongphong@hungyen.gov.vn"


def begun(tx: Transaction) -> int:
    return ledger.begin(tx, Arrival(Slot("vanthu", 1, 1), 1, NOW), Fingerprint("a"), NOW).ledger


def test_a_word_is_used_once_and_for_good(database: Database) -> None:
    with database.transaction() as tx:
        row = begun(tx)
        assert replies_acted.used_at(tx, "mb.a", "xong") is None
        replies_acted.use(tx, "mb.a", "xong", row, "a@x.vn", NOW)
        replies_acted.use(tx, "mb.a", "xong", row, "a@x.vn", NOW + timedelta(1))
        assert replies_acted.used_at(tx, "mb.a", "xong") == NOW
        assert replies_acted.used_at(tx, "mb.a", "nhan") is None
    with pytest.raises(SQLAlchemyError), database.transaction() as tx:
        tx.run(text("DELETE FROM replyacted"))


def test_notices_of_one_mail_are_found_together(database: Database) -> None:
    # Of no document, so that none need be stored.
    letters = [replace(passed_on(repeated=number), document=None) for number in range(3)]
    with database.transaction() as tx:
        for letter in letters:
            outbox.owe(tx, letter)
        outbox.sent(tx, [one.id for one in letters[:2]], NOW)
        outbox.sent(tx, [letters[2].id], NOW + timedelta(1))
        assert replies_acted.sent_together(tx, TO, ("vanthu",)) == [(letters[0].id, letters[1].id)]
        assert replies_acted.sent_together(tx, "b@x.vn", ("vanthu",)) == []
        assert replies_acted.sent_together(tx, TO, ("khac",)) == []
