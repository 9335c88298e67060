"""To be told to leave."""

import os
import signal
import threading
import time
from collections.abc import Iterator

import pytest

from mailbridge.daemon.told import SIGNALS, Told


@pytest.fixture
def told() -> Iterator[Told]:
    before = {number: signal.getsignal(number) for number in SIGNALS}
    made = Told()
    yield made
    made.close()
    for number, handler in before.items():
        signal.signal(number, handler)


def test_a_signal_that_another_thread_gets_is_heard(told: Told) -> None:
    over = threading.Event()
    other = threading.Thread(target=over.wait)
    other.start()
    threading.Timer(0.2, signal.pthread_kill, (other.ident, signal.SIGTERM)).start()
    told.wait()
    over.set()
    other.join()


def test_another_signal_is_not_taken_for_leave(told: Told) -> None:
    before = signal.signal(signal.SIGUSR1, lambda *_: None)
    started = time.monotonic()
    threading.Timer(0.1, os.kill, (os.getpid(), signal.SIGUSR1)).start()
    threading.Timer(0.4, os.kill, (os.getpid(), signal.SIGINT)).start()
    told.wait()
    signal.signal(signal.SIGUSR1, before)
    assert time.monotonic() - started > 0.3
