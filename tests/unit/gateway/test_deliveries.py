"""What waits is handed out urgent first, once, and as far as the queue has room."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from mailbridge.actions.house import House
from mailbridge.actions.receive import Begun
from mailbridge.daemon.queue import WorkQueue
from mailbridge.gateway.deliveries import Deliveries
from mailbridge.gateway.inflow import Inflow

NOW = datetime.now(UTC)


@pytest.fixture
def deliveries(house: House) -> Iterator[Deliveries]:
    made = Deliveries(house, ("vanthu",))
    yield made
    made.stop()
    if made.is_alive():
        made.join(10)


def take(deliveries: Deliveries, house: House, subject: str) -> None:
    taken = Inflow(house.blobs, 10_000)
    taken.write(f"From: a@b\r\nSubject: {subject}\r\n\r\nmot\r\n".encode())
    deliveries.take(taken, ["vanthu"], NOW)
    taken.discard()


def handed_out(queue: WorkQueue, count: int) -> list[Begun]:
    found = []
    for _ in range(count):
        work = queue.get()
        assert work is not None
        queue.done()
        found.append(work.mail)
    return found


def test_urgent_mail_is_handed_out_first_and_after_a_restart_too(
    house: House, deliveries: Deliveries
) -> None:
    for subject in ("mot", "hai", "[HỎA TỐC] ba"):
        take(deliveries, house, subject)
    later = Deliveries(house, ("vanthu",))
    queue = WorkQueue(8)
    later.feed(queue)
    mails = handed_out(queue, 3)
    later.stop()
    later.join(10)
    assert [mail.arrival.subject for mail in mails] == ["[HỎA TỐC] ba", "mot", "hai"]


def test_a_full_queue_is_waited_for(house: House, deliveries: Deliveries) -> None:
    queue = WorkQueue(1)
    deliveries.feed(queue)
    for number in range(40):
        take(deliveries, house, f"thu {number}")
    mails = handed_out(queue, 40)
    assert len({mail.ledger for mail in mails}) == 40


def test_octets_that_are_known_are_not_written_again(house: House, deliveries: Deliveries) -> None:
    take(deliveries, house, "mot")
    folder = house.blobs.path("0" * 64).parent
    (blob,) = folder.iterdir()
    house.blobs.erase(blob.name)
    take(deliveries, house, "mot")
    assert list(folder.iterdir()) == []
