"""A word acts once; who ever had a notice is known."""

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
from tests.unit.registry.plans import plans

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


def test_who_ever_had_a_notice_is_known(database: Database) -> None:
    with database.transaction() as tx:
        outbox.owe(tx, replace(passed_on(), document=None))
        assert replies_acted.was_told(tx, TO, ("vanthu",))
        assert replies_acted.was_told(tx, TO.title(), ("vanthu",))
        assert not replies_acted.was_told(tx, TO, ("khac",))
        assert not replies_acted.was_told(tx, "b@x.vn", ("vanthu",))


def test_who_was_told_is_found_without_reading_the_outbox(database: Database) -> None:
    with plans(database) as (tx, found):
        replies_acted.was_told(tx, TO, ("vanthu",))
    assert "ix_outbox_told" in found[0]
    assert "SCAN" not in found[0]
