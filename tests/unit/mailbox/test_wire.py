import socket
import threading
from collections.abc import Callable
from typing import Any

import pytest

from mailbridge.mailbox.answers import fetched
from mailbridge.mailbox.wire import RejectedError, Wire
from mailbridge.model.errors import TryLaterError


class _Line:
    """Says what imaplib would: one side of a pair of sockets."""

    def __init__(self, answer: bytes) -> None:
        self.sock, other = socket.socketpair()
        self.sock.settimeout(1)
        self.file = self.sock.makefile("rb")
        self.read: Callable[[int], bytes] = self.file.read
        self.readline: Callable[[], bytes] = self.file.readline
        self.debug = 0
        self.untagged_responses: dict[str, list[Any]] = {}
        self._other = other
        self._answer = answer

    def send(self, data: bytes) -> None:
        def answer() -> None:
            with self._other:
                self._other.sendall(self._answer)

        threading.Thread(target=answer, daemon=True).start()

    def close(self) -> None:
        self.file.close()
        self.sock.close()
        self._other.close()


def _talk(answer: bytes, room: int = 10_000) -> dict[int, dict[str, bytes]]:
    line = _Line(answer)
    try:
        return fetched(Wire(line, 1).talk("UID FETCH 7 (UID)", room=room))
    finally:
        line.close()


def test_what_nobody_asked_for_is_passed_over() -> None:
    answer = (
        b"* 3 RECENT\r\n* 9 FETCH (FLAGS (\\Seen))\r\n* OK still {5}\r\n"
        b"* 2 FETCH (UID 7 BODY[]<0> {2}\r\nab)\r\nW1 OK done\r\n"
    )
    assert _talk(answer) == {7: {"UID": b"7", "BODY[]<0>": b"ab"}}


@pytest.mark.parametrize(
    "answer",
    [
        b"* 2 FETCH (UID 7 BODY[]<0> {99999999999999999999}\r\nab)\r\nW1 OK\r\n",
        b"* 2 FETCH (UID 7 BODY[]<0> {20}\r\nab)\r\nW1 OK\r\n",
        b"* 1 EXPUNGE\r\n" * 1000,
        b"* BYE shutting down\r\n",
        b"* OK [UIDVALIDITY 2] rolled\r\n",
        b"* OK no end of line",
        b"",
    ],
)
def test_a_server_that_misbehaves_is_left(answer: bytes) -> None:
    with pytest.raises(TryLaterError):
        _talk(answer)


def test_a_refusal_leaves_the_connection_whole() -> None:
    line = _Line(b"* 4 EXISTS\r\nW1 NO [LIMIT] later\r\n")
    wire = Wire(line, 1)
    with pytest.raises(RejectedError, match="LIMIT"):
        wire.talk("NOOP")
    assert not wire.broken
    assert wire.news
    line.close()


def test_a_broken_connection_is_not_used_again() -> None:
    line = _Line(b"")
    wire = Wire(line, 1)
    for _ in range(2):
        with pytest.raises(TryLaterError):
            wire.talk("NOOP")
    assert wire.broken
    line.close()
