"""The other side of a door, octet by octet: what no mail program would say can be said too."""

import socket
import ssl
from pathlib import Path
from types import TracebackType
from typing import Self


class Dialogue:
    """A connection to a port, or to a Unix socket. Replies are lists of lines."""

    def __init__(self, where: int | Path, *, seconds: float = 20.0) -> None:
        self._socket: socket.socket
        if isinstance(where, Path):
            self._socket = socket.socket(socket.AF_UNIX)
            self._socket.settimeout(seconds)
            self._socket.connect(str(where))
        else:
            self._socket = socket.create_connection(("127.0.0.1", where), timeout=seconds)
        self._read = b""

    def __enter__(self) -> Self:
        """Nothing is said yet."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Hang up."""
        self._socket.close()

    def send(self, octets: bytes) -> None:
        """Send just that."""
        self._socket.sendall(octets)

    def say(self, line: str) -> str:
        """Send a command; gives the last line of its reply."""
        self.send(f"{line}\r\n".encode())
        return self.reply()

    def reply(self) -> str:
        """Read one reply; gives its last line, or "" if the other side hung up."""
        return (self.lines() or [""])[-1]

    def lines(self) -> list[str]:
        """Read one reply, all its lines."""
        found: list[str] = []
        while not found or found[-1][3:4] == "-":
            line = self._line()
            if line is None:
                break
            found.append(line)
        return found

    def starttls(self, trust: Path | None = None) -> str:
        """Begin TLS; without `trust` whoever it is."""
        said = self.say("STARTTLS")
        if said.startswith("220"):
            self.wrap(trust)
        return said

    def wrap(self, trust: Path | None = None) -> None:
        """Speak TLS from here on."""
        context = ssl.create_default_context(cafile=trust)
        context.check_hostname = False
        if trust is None:
            context.verify_mode = ssl.CERT_NONE
        self._socket = context.wrap_socket(self._socket)

    def _line(self) -> str | None:
        while b"\r\n" not in self._read:
            try:
                more = self._socket.recv(65536)
            except ConnectionResetError:
                more = b""
            if not more:
                return None
            self._read += more
        line, _, self._read = self._read.partition(b"\r\n")
        return line.decode("ascii")
