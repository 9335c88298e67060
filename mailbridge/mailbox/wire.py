"""Commands in a selected folder, spoken straight on imapclient's connection; literals stream.

imaplib holds a whole literal several times; here it passes through in pieces.
"""

import re
import socket
import ssl
from collections.abc import Callable
from dataclasses import dataclass
from io import BufferedReader
from typing import Any, Protocol

from mailbridge.mailbox.answers import LITERAL, Untagged
from mailbridge.mailbox.errors import edge, told
from mailbridge.model.errors import TryLaterError
from mailbridge.model.limits import MIB

# Octets of a literal that are held at once.
PIECE = 128 * 1024
# A server that never ends its answer; 200 mails' headers or 80,000 UIDs need a quarter of it.
ROOM = 4 * MIB
_EXISTS = re.compile(rb"\* (\d+) EXISTS\Z", re.IGNORECASE)
_VALIDITY = re.compile(rb"\* OK \[UIDVALIDITY (\d+)\]", re.IGNORECASE)
_FETCH = re.compile(rb"\* \d+ FETCH ", re.IGNORECASE)
_SEARCH = re.compile(rb"\* SEARCH\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Body:
    """Where the octets of a body go, when they begin at this offset."""

    offset: int
    write: Callable[[bytes], object]

    def begins(self, line: bytes) -> bool:
        """Tell whether the literal behind this line is that part of a body."""
        return re.search(rb"BODY\[\]<%d> \{\d+\}\Z" % self.offset, line, re.IGNORECASE) is not None


class Connection(Protocol):
    """What is used of `imaplib.IMAP4`."""

    debug: int
    sock: socket.socket
    file: BufferedReader
    untagged_responses: dict[str, list[Any]]

    def send(self, data: bytes) -> None:
        """Send all of it."""

    def readline(self) -> bytes:
        """Read one line of at most a million octets."""

    def read(self, size: int) -> bytes:
        """Read so many octets, fewer only at the end of the stream."""


class RejectedError(TryLaterError):
    """The server said NO or BAD to one command; the connection is whole."""


class Wire:
    """One connection between two commands, or broken."""

    def __init__(self, connection: Connection, uidvalidity: int) -> None:
        self._connection = connection
        self._uidvalidity = uidvalidity
        self._count = 0
        # True from the first octet of a command to the last of its answer.
        self.broken = False
        # True when the server has told of new mail since it was last set to False.
        self.news = False

    def talk(self, command: str, *, room: int = ROOM, body: Body | None = None) -> list[Untagged]:
        """Send a command and return its SEARCH and FETCH answers, without what went to `body`.

        An error of `body.write` passes through and leaves the connection broken.
        """
        return self._finish(command, self.begin(command), room, body)

    def _finish(
        self, command: str, tag: bytes, room: int = ROOM, body: Body | None = None
    ) -> list[Untagged]:
        answers: list[Untagged] = []
        while not (line := self._line()).startswith(tag + b" "):
            answer, room = self._whole(line, room, body)
            if _FETCH.match(line) or _SEARCH.match(line):
                answers.append(answer)
        self.broken = False
        status = line[len(tag) + 1 :]
        if not status.upper().startswith(b"OK"):
            raise RejectedError(f"{command[:40]}: {told(status)}")
        return answers

    def begin(self, command: str) -> bytes:
        """Send a command, and return its tag."""
        if self.broken:
            raise TryLaterError("the connection is broken")
        self.broken = True
        self._count += 1
        tag = f"W{self._count}".encode("ascii")
        with edge("send"):
            self._connection.send(tag + b" " + command.encode("ascii") + b"\r\n")
        return tag

    def _whole(self, line: bytes, room: int, body: Body | None) -> tuple[Untagged, int]:
        """Read the literals of an answer, and tell how much room is left."""
        answer = Untagged([line])
        self._note(line)
        room -= len(line) + 2
        while _FETCH.match(answer.texts[0]) and (found := LITERAL.search(line)):
            room -= int(found[1])
            if room < 0:
                break
            answer.literals.append(self._literal(int(found[1]), line, body))
            line = self._line()
            room -= len(line)
            answer.texts.append(line)
        if room < 0:
            raise TryLaterError("the server answers more than was asked for")
        return answer, room

    def _literal(self, size: int, line: bytes, body: Body | None) -> bytes:
        if body is not None and body.begins(line):
            self._stream(size, body.write)
            return b""
        parts: list[bytes] = []
        self._stream(size, parts.append)
        return b"".join(parts)

    def _stream(self, size: int, write: Callable[[bytes], object]) -> None:
        while size:
            with edge("read a literal"):
                piece = self._connection.read(min(size, PIECE))
            if not piece:
                raise TryLaterError("the line was cut in a literal")
            # What came before a cut is whole: the next try may go on behind it.
            write(piece)
            size -= len(piece)

    def _line(self) -> bytes:
        with edge("read a line"):
            line = self._connection.readline()
        if not line.endswith(b"\r\n"):
            raise TryLaterError("the line was cut")
        return line[:-2]

    def _note(self, line: bytes) -> None:
        """Keep what a server may say at any time (RFC 3501 §7)."""
        if _EXISTS.match(line):
            self.news = True
        elif line[:5].upper() == b"* BYE":
            raise TryLaterError(f"the server hangs up: {told(line[6:])}")
        elif (found := _VALIDITY.match(line)) and int(found[1]) != self._uidvalidity:
            raise TryLaterError("UIDVALIDITY changed")

    def idle(self) -> bytes:
        """Send IDLE, and return its tag when the server waits with us (RFC 2177 §3)."""
        tag = self.begin("IDLE")
        room = ROOM
        # Answers about the folder may come before the "+", and in the same segment.
        while not (line := self._line()).startswith(b"+"):
            room = self._whole(line, room, None)[1]
            if line.startswith(tag + b" "):
                self.broken = False
                raise RejectedError(f"IDLE: {told(line)}")
        return tag

    def done(self, tag: bytes) -> None:
        """End IDLE, reading with the time-out what came meanwhile."""
        with edge("end IDLE"):
            self._connection.send(b"DONE\r\n")
        self._finish("IDLE", tag)

    def fileno(self) -> int:
        """Name the descriptor to wait on; `told_ahead` tells what it cannot."""
        return self._connection.sock.fileno()

    def told_ahead(self) -> bool:
        """Tell of news, or of octets that TLS or the buffer read ahead, so that no poll shows them.

        Only a peek is done without blocking: a line cut over two segments stays in the buffer.
        """
        if self.news:
            return True
        sock = self._connection.sock
        before = sock.gettimeout()
        with edge("look ahead"):
            sock.settimeout(0.0)
            try:
                return bool(self._connection.file.peek(1))
            except (ssl.SSLWantReadError, BlockingIOError):
                return False
            finally:
                sock.settimeout(before)
