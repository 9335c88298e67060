"""A delivered mail has one slot for ever, also where somebody made two of the same beginning."""

from mailbridge.model.errors import Reason
from mailbridge.model.outcome import Quarantined
from mailbridge.model.slot import Arrival, Fingerprint, Slot
from mailbridge.registry import deliveries, ledger
from mailbridge.registry.database import Database
from tests.unit.registry.conftest import NOW

PRINT = Fingerprint("f" * 64)
TWIN = Fingerprint("f" * 63 + "0")


def _add(database: Database, fingerprint: Fingerprint, mailbox: str = "vanthu") -> int:
    with database.transaction() as tx:
        slot = deliveries.slot_of(tx, mailbox, fingerprint)
        row = deliveries.add(tx, slot, 10, fingerprint, NOW)
    assert row is not None
    return row


def _again(database: Database, fingerprint: Fingerprint) -> int | None:
    with database.transaction() as tx:
        slot = deliveries.slot_of(tx, "vanthu", fingerprint)
        return deliveries.add(tx, slot, 10, fingerprint, NOW)


def test_the_same_octets_are_the_same_row_and_others_another(database: Database) -> None:
    first = _add(database, PRINT)
    assert _again(database, PRINT) is None
    assert _add(database, TWIN) != first
    assert _add(database, TWIN, "so-hai") != first
    with database.reading() as tx:
        slots = [row.arrival.slot for row in ledger.rows(tx)]
        assert deliveries.is_known(tx, "vanthu", TWIN)
        assert not deliveries.is_known(tx, "so-hai", PRINT)
    assert len(set(slots)) == 3
    assert all(slot.uidvalidity == 0 and 0 < slot.uid < 2**62 + 2 for slot in slots)


def test_what_is_not_settled_is_told_in_order_and_counts_no_attempt(database: Database) -> None:
    ids = [_add(database, one) for one in (TWIN, PRINT)]
    with database.transaction() as tx:
        assert [row for row, *_ in deliveries.unsettled(tx, ["vanthu"])] == ids
        assert deliveries.unsettled(tx, ["so-hai"]) == ()
        ledger.settle(tx, ids[0], Quarantined(Reason.BOMB, ""), NOW, kind=None, mail=None)
        assert [row for row, *_ in deliveries.unsettled(tx, ["vanthu"])] == ids[1:]
        found = ledger.get(tx, ids[1])
    assert found is not None
    assert (found.attempts, found.is_open) == (0, False)


def test_settled_ones_are_filed_and_nobody_elses(database: Database) -> None:
    delivered, open_ = _add(database, PRINT), _add(database, TWIN)
    with database.transaction() as tx:
        arrival = Arrival(Slot("vanthu", 7, 1), 10, NOW)
        fetched = ledger.begin(tx, arrival, PRINT, NOW).ledger
        for row in (delivered, fetched):
            ledger.settle(tx, row, Quarantined(Reason.BOMB, ""), NOW, kind=None, mail=None)
        deliveries.note_filed(tx, ["vanthu"], NOW)
    with database.reading() as tx:
        filed = {row.id: row.filed_at for row in ledger.rows(tx)}
    assert filed == {delivered: NOW, open_: None, fetched: None}
