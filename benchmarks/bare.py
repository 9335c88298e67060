"""A bare IMAP client: the least that a client must do, on one TLS connection."""

import re
import socket
import ssl
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Self

PIECE = 1024 * 1024


class Bare:
    """One logged-in connection with its folder open for reading."""

    def __init__(self, port: int, ca_file: Path, user: str, password: str) -> None:
        context = ssl.create_default_context(cafile=ca_file)
        plain = socket.create_connection(("127.0.0.1", port), timeout=60)
        self._socket = context.wrap_socket(plain, server_hostname="localhost")
        self._file = self._socket.makefile("rb", buffering=256 * 1024)
        self._file.readline()
        self.ask(f'LOGIN "{user}" "{password}"')
        self.ask("EXAMINE INBOX")

    def ask(self, command: str) -> list[bytes]:
        """Send a command without literals and read the lines of its answer."""
        self._send(command)
        lines = []
        while not (line := self._file.readline()).startswith(b"a "):
            lines.append(line)
        if not line.startswith(b"a OK"):
            raise OSError(line.decode(errors="replace"))
        return lines

    def sizes(self) -> dict[int, int]:
        """Tell UID and size of each mail."""
        found = (
            re.search(rb"UID (\d+) RFC822.SIZE (\d+)", line)
            for line in self.ask("UID FETCH 1:* (UID RFC822.SIZE)")
        )
        return {int(match[1]): int(match[2]) for match in found if match}

    def fetch(self, uid: int, size: int, write: Callable[[bytes], object]) -> None:
        """Read a mail in pieces of 1 MiB, each straight from the socket to `write`."""
        for offset in range(0, size, PIECE):
            self._send(f"UID FETCH {uid} BODY.PEEK[]<{offset}.{PIECE}>")
            head = self._file.readline()
            left = int(head.rpartition(b"{")[2].rstrip(b"}\r\n"))
            while left:
                octets = self._file.read(min(left, 64 * 1024))
                left -= len(octets)
                write(octets)
            while not self._file.readline().startswith(b"a OK"):
                pass

    def idle(self) -> None:
        """Start to wait for news (RFC 2177)."""
        self._send("IDLE")
        self._file.readline()

    def done(self) -> None:
        """End the wait, and read what came meanwhile."""
        self._socket.sendall(b"DONE\r\n")
        while not (line := self._file.readline()).startswith(b"a "):
            if not line:
                raise OSError("the server has gone")

    def news(self) -> None:
        """Return when the server says that a mail exists."""
        while b"EXISTS" not in (line := self._file.readline()):
            if not line:
                raise OSError("the server has gone")

    def _send(self, command: str) -> None:
        self._socket.sendall(b"a " + command.encode() + b"\r\n")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._file.close()
        self._socket.close()
