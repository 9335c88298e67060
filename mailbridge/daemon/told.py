"""To be told to leave: SIGTERM and SIGINT, whichever thread the kernel hands them to."""

import signal
import socket
from types import FrameType

SIGNALS = (signal.SIGTERM, signal.SIGINT)


class Told:
    """Made in the main thread before any other starts.

    A lock is not enough: the kernel may hand the signal to another thread (it does so while the
    main one is being traced), and then nothing wakes the lock's waiter, which alone may run the
    handler. The descriptor is written to in whichever thread it was.
    """

    def __init__(self) -> None:
        self._hears, self._speaks = socket.socketpair()
        self._speaks.settimeout(0)
        signal.set_wakeup_fd(self._speaks.fileno(), warn_on_full_buffer=False)
        for number in SIGNALS:
            signal.signal(number, _nothing)

    def close(self) -> None:
        """Hear no more; who installed it puts the signals back."""
        signal.set_wakeup_fd(-1)
        self._hears.close()
        self._speaks.close()

    def wait(self) -> None:
        """Wait until one of them comes; other signals are none of ours."""
        while self._hears.recv(1)[0] not in SIGNALS:
            pass


def _nothing(_number: int, _frame: FrameType | None) -> None:
    """Do nothing: that a handler is there lets the descriptor be written to."""
