"""A mail ends somehow, whatever happens on the way."""

import queue
import time
from datetime import UTC, datetime

from mailbridge.actions.house import House
from mailbridge.actions.receive import Begun, begin
from mailbridge.daemon.examiners import Examiner, examine_one
from mailbridge.daemon.queue import Work, WorkQueue
from mailbridge.model.errors import Reason
from mailbridge.model.outcome import Outcome, Quarantined
from mailbridge.model.slot import Arrival, Fingerprint, Slot
from mailbridge.registry import ledger

NOW = datetime.now(UTC)


def begun(house: House, octets: bytes | None, uid: int = 1) -> Begun:
    fingerprint = Fingerprint("0" * 64)
    if octets is not None:
        with house.blobs.writer() as blob:
            blob.write(octets)
            fingerprint = blob.commit()
    (mail,) = begin(house, [(Arrival(Slot("vanthu", 1, uid), 10, NOW), fingerprint)], NOW)
    return mail


def ended(house: House, mail: Begun) -> Outcome | None:
    told: list[Outcome | None] = []
    examine_one(house, WorkQueue(1), Work(mail, 0, lambda _, outcome: told.append(outcome)))
    return told[0] if told else None


def test_a_refusal_is_quarantined_with_its_reason(house: House) -> None:
    outcome = ended(house, begun(house, b"\x00\x01"))
    assert isinstance(outcome, Quarantined)
    assert outcome.reason is Reason.MALFORMED


def test_a_bug_is_quarantined_as_ours(house: House) -> None:
    outcome = ended(house, begun(house, None))
    assert isinstance(outcome, Quarantined)
    assert outcome.reason is Reason.INTERNAL


def test_a_closed_house_abandons_and_does_not_count(house: House) -> None:
    mail = begun(house, b"From: a@x\r\n\r\n")
    house.rooms.opener.close()
    assert ended(house, mail) is None
    with house.database.reading() as tx:
        row = ledger.get(tx, mail.ledger)
    assert row is not None
    assert (row.attempts, row.deaths, row.is_open) == (0, 0, False)


def test_an_examiner_outlives_a_mail_that_was_settled_by_somebody_else(house: House) -> None:
    settled, open_ = begun(house, b"\x00\x01"), begun(house, b"\x00\x02", uid=2)
    with house.database.transaction() as tx:
        ledger.record(tx, settled.arrival, NOW, Reason.MALFORMED, "x")
    works, told = WorkQueue(2), queue.SimpleQueue[Begun]()
    examiner = Examiner(house, works, "examine")
    examiner.start()
    for mail in (settled, open_):
        works.put(Work(mail, 0, lambda done, _: told.put(done)))
    assert told.get(timeout=30) == open_
    works.close()
    examiner.join(10)


def test_children_are_there_before_the_first_mail(house: House) -> None:
    works = WorkQueue(1)
    examiner = Examiner(house, works, "examine", warms_up=True)
    examiner.start()
    deadline = time.monotonic() + 30
    while len(list(house.rooms.folder.glob("child-*"))) < 2 and time.monotonic() < deadline:
        time.sleep(0.05)
    assert len(list(house.rooms.folder.glob("child-*"))) == 2
    works.close()
    examiner.join(30)
    assert not examiner.is_alive()
