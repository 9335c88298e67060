"""Urgent mail overtakes what waits; nothing is lost when the queue closes."""

import threading
import time
from datetime import UTC, datetime

from mailbridge.actions.receive import Begun
from mailbridge.daemon.queue import Work, WorkQueue
from mailbridge.model.slot import Arrival, Fingerprint, Slot


def work(uid: int, rank: int = 0) -> Work:
    arrival = Arrival(Slot("vanthu", 1, uid), 100, datetime(2026, 11, 24, tzinfo=UTC))
    return Work(Begun(uid, arrival, Fingerprint("00")), rank, lambda *_: None)


def taken(queue: WorkQueue) -> int:
    found = queue.get()
    assert found is not None
    return found.mail.ledger


def test_urgent_mail_overtakes_what_waits() -> None:
    queue = WorkQueue(10)
    for uid, rank in ((1, 0), (2, 0), (3, 3), (4, 1)):
        queue.put(work(uid, rank))
    assert [taken(queue) for _ in range(4)] == [3, 4, 1, 2]


def test_mail_of_the_same_urgency_keeps_its_order() -> None:
    queue = WorkQueue(10)
    for uid in range(20):
        queue.put(work(uid))
    assert [taken(queue) for _ in range(20)] == list(range(20))


def test_a_delayed_mail_waits_and_comes() -> None:
    queue = WorkQueue(10)
    queue.put(work(1), delay=0.2)
    queue.put(work(2))
    started = time.monotonic()
    assert [taken(queue), taken(queue)] == [2, 1]
    assert time.monotonic() - started >= 0.19


def test_a_full_queue_says_that_it_has_no_room() -> None:
    queue = WorkQueue(2)
    queue.put(work(1))
    assert queue.has_room()
    queue.put(work(2))
    assert not queue.has_room()
    queue.get()
    assert queue.has_room()


def test_a_queue_is_idle_only_when_what_was_taken_is_done() -> None:
    queue = WorkQueue(2)
    queue.put(work(1))
    assert not queue.is_idle()
    queue.get()
    assert not queue.is_idle()
    queue.done()
    assert queue.is_idle()


def test_closing_lets_a_waiting_thread_go() -> None:
    queue = WorkQueue(2)
    got: list[Work | None] = []
    thread = threading.Thread(target=lambda: got.append(queue.get()))
    thread.start()
    queue.close()
    thread.join(timeout=5)
    assert got == [None]
