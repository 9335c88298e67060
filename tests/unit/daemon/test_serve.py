"""After an unclean end, what was in hand is examined again, one at a time."""

from datetime import UTC, datetime

from mailbridge.actions.house import House
from mailbridge.actions.receive import begin
from mailbridge.daemon.queue import WorkQueue
from mailbridge.daemon.serve import recover
from mailbridge.model.errors import Reason
from mailbridge.model.outcome import OutcomeName
from mailbridge.model.slot import Arrival, Slot
from mailbridge.registry import ledger
from tests.unit.provenance.samples import mail_with, sealed

NOW = datetime.now(UTC)


def begun(house: House, uid: int, *, alone: bool = False, times: int = 1) -> None:
    with house.blobs.writer() as blob:
        blob.write(mail_with(sealed()))
        fingerprint = blob.commit()
    for _ in range(times):
        begin(house, [(Arrival(Slot("vanthu", 1, uid), 10, NOW), fingerprint)], NOW, alone=alone)


def test_an_open_beginning_is_settled_at_the_start(house: House) -> None:
    begun(house, 1)
    recover(house, WorkQueue(1))
    with house.database.reading() as tx:
        (row,) = ledger.rows(tx)
    assert (row.outcome, row.deaths) == (OutcomeName.REGISTERED, 0)


def test_who_killed_the_service_alone_three_times_is_quarantined(house: House) -> None:
    begun(house, 1, alone=True)
    for _ in range(2):
        with house.database.transaction() as tx:
            ledger.recover(tx, NOW, ["vanthu"])
        begun(house, 1, alone=True)
    recover(house, WorkQueue(1))
    with house.database.reading() as tx:
        (row,) = ledger.rows(tx)
    assert (row.outcome, row.reason) == (OutcomeName.QUARANTINED, Reason.CRASHED)
