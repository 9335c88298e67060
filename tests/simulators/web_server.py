"""A web server on a loopback socket that answers as it is told.

    with WebServer({"/a.crl": Page(octets)}) as server:
        Fetcher(("127.0.0.1",)).fetch(server.url("/a.crl"), None, 1000, 2.0)

A page says how it fails: the status, a length that is not its own, octets that come in drips.
"""

import socket
import ssl
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Self


@dataclass(frozen=True)
class Page:
    """One answer."""

    content: bytes = b""
    status: int = 200
    location: str = ""
    # The length that is told; None tells none.
    length: int | None = None
    tells_length: bool = True
    # Octets at a time and seconds between them.
    drip: tuple[int, float] = (1 << 20, 0.0)
    # Nothing is answered at all.
    stalls: bool = False
    # Header lines are sent without end.
    endless_header: bool = False
    # Makes the content out of the body of the request.
    made: Callable[[bytes], bytes] | None = None


@dataclass
class WebServer:
    """For use as a context manager; keeps the requests that it got as (request line, body)."""

    pages: dict[str, Page] = field(default_factory=dict)
    # Certificate chain and key in PEM: TLS.
    tls: tuple[Path, Path] | None = None
    requests: list[tuple[str, bytes]] = field(default_factory=list)
    headers: list[bytes] = field(default_factory=list)

    def __enter__(self) -> Self:
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.port = self._socket.getsockname()[1]
        self._over = threading.Event()
        threading.Thread(target=self._accept, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()

    def url(self, path: str, host: str = "127.0.0.1") -> str:
        """Give the address of a page."""
        return f"{'https' if self.tls else 'http'}://{host}:{self.port}{path}"

    def _accept(self) -> None:
        while True:
            try:
                opened, _ = self._socket.accept()
            except OSError:
                return
            threading.Thread(target=self._answer, args=(opened,), daemon=True).start()

    def _answer(self, opened: socket.socket) -> None:
        with suppress(OSError), self._secured(opened) as connection:
            reader = connection.makefile("rb")
            line = reader.readline().decode().strip()
            header = b"".join(iter(reader.readline, b"\r\n"))
            length = next(
                (int(each[15:]) for each in header.lower().splitlines()
                 if each.startswith(b"content-length:")), 0,
            )  # fmt: skip
            body = reader.read(length)
            self.requests.append((line, body))
            self.headers.append(header)
            page = self.pages.get(line.split()[1], Page(status=404))
            self._send(connection, replace(page, content=page.made(body)) if page.made else page)

    def _secured(self, opened: socket.socket) -> socket.socket:
        if self.tls is None:
            return opened
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(*self.tls)
        return context.wrap_socket(opened, server_side=True)

    def _send(self, opened: socket.socket, page: Page) -> None:
        if page.stalls:
            self._over.wait(10)
            return
        told = len(page.content) if page.length is None else page.length
        lines = [f"HTTP/1.1 {page.status} X", "Connection: close"]
        lines += [f"Content-Length: {told}"] if page.tells_length else []
        lines += [f"Location: {page.location}"] if page.location else []
        opened.sendall("\r\n".join(lines).encode() + b"\r\n")
        while page.endless_header and not self._over.is_set():
            opened.sendall(b"X: y\r\n")
            time.sleep(page.drip[1])
        opened.sendall(b"\r\n")
        size, pause = page.drip
        for at in range(0, len(page.content), size):
            if self._over.is_set():
                return
            opened.sendall(page.content[at : at + size])
            time.sleep(pause)
        with suppress(OSError):
            opened.shutdown(socket.SHUT_RDWR)
