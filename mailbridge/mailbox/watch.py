"""Waits for new mail: IDLE on the socket itself, or NOOP at an interval."""

import selectors
from time import monotonic
from typing import Protocol

from mailbridge.mailbox.wire import Wire

# Before the server may hang up after 30 minutes (RFC 2177 §3), and before many a firewall does.
_RENEWED = 9 * 60.0
# Where NOOP only stands in for IDLE, it must not burden a server that is not ours.
_STAND_IN = 15.0
_EAGER = 0.1


class HasFileno(Protocol):
    """A socket or a pipe end."""

    def fileno(self) -> int:
        """Name its descriptor."""


Wake = HasFileno | int | None


def by_idle(wire: Wire, seconds: float, wake: Wake) -> bool:
    """Wait in IDLE until new mail is announced (True), or time is over or `wake` is readable."""
    end = monotonic() + seconds
    while not wire.news and (left := end - monotonic()) > 0:
        tag = wire.idle()
        # What came in one segment with the "+" shows on no socket.
        woken = not wire.told_ahead() and _poll(wire, min(left, _RENEWED), wake)
        wire.done(tag)
        if woken:
            break
    return wire.news


def by_noop(wire: Wire, seconds: float, wake: Wake, every: float) -> bool:
    """Ask with NOOP until new mail is announced (True), or time is over or `wake` is readable."""
    end = monotonic() + seconds
    while True:
        wire.talk("NOOP")
        left = end - monotonic()
        if wire.news or left <= 0 or _poll(None, min(every, left), wake):
            return wire.news


def interval(told: float | None, *, stands_in: bool) -> float:
    """Choose the pause between two NOOPs."""
    if told is not None:
        return told
    return _STAND_IN if stands_in else _EAGER


def _poll(wire: Wire | None, seconds: float, wake: Wake) -> bool:
    """Wait for the server or `wake`, and tell whether it was `wake`.

    Unlike select(), poll() takes descriptors above 1023: there may be 500 mailboxes.
    """
    with selectors.PollSelector() as selector:
        if wire is not None:
            selector.register(wire, selectors.EVENT_READ)
        if wake is not None:
            selector.register(wake, selectors.EVENT_READ)
        ready = selector.select(seconds)
        return any(key.fileobj is wake for key, _ in ready)
