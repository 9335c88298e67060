"""Small files by HTTP: lists, OCSP answers, time-stamps; the only module that speaks HTTP."""

import http.client
import socket
import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from urllib.parse import SplitResult, urljoin, urlsplit

from mailbridge.network.addresses import reachable
from mailbridge.network.errors import UnansweredError

_PORTS = {"http": 80, "https": 443}
_REDIRECTS = 2
_PIECE = 64 * 1024
# RFC 6960 §A.1
_OCSP = "application/ocsp-request"


@dataclass(frozen=True, slots=True)
class Fetcher:
    """Fetches from public hosts, and from those that the settings allow by name."""

    allowed_hosts: tuple[str, ...] = ()
    # Roots for https; None: those of the system.
    ca_file: str | None = None

    def fetch(
        self, url: str, body: bytes | None, size: int, seconds: float, kind: str = _OCSP
    ) -> bytes:
        """GET, or POST a body of a kind; at most `size` octets in time. Raises UnansweredError."""
        deadline = time.monotonic() + seconds
        question = None if body is None else (kind, body)
        for _ in range(_REDIRECTS + 1):
            answer = self._asked(url, question, size, deadline)
            if isinstance(answer, bytes):
                return answer
            url = urljoin(url, answer)
        raise UnansweredError(f"{url}: too many redirections")

    def _asked(
        self, url: str, question: tuple[str, bytes] | None, size: int, deadline: float
    ) -> bytes | str:
        """Give the content, or the address to which a redirection leads."""
        try:
            parts = urlsplit(url)
            connection = self._connection(parts, deadline)
            with _ended(connection, deadline):
                # Proxies of the environment are not looked at, nor is any login sent.
                headers = {"User-Agent": "mailbridge", "Accept": "*/*"}
                path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
                if question is None:
                    connection.request("GET", path, headers=headers)
                else:
                    kind, body = question
                    connection.request("POST", path, body, {**headers, "Content-Type": kind})
                response = connection.getresponse()
                if response.status in {301, 302, 307, 308} and question is None:
                    return response.headers.get("Location") or ""
                return _content(response, size, deadline)
        except (OSError, http.client.HTTPException, ValueError) as error:
            raise UnansweredError(f"{url}: {error}") from error

    def _connection(self, parts: SplitResult, deadline: float) -> "_Connection":
        host, port = parts.hostname or "", parts.port or _PORTS.get(parts.scheme, 0)
        allowed = host in self.allowed_hosts
        if parts.scheme not in _PORTS or parts.username is not None or not host.isascii():
            raise UnansweredError(f"{parts.scheme}: is not asked")
        if port not in _PORTS.values() and not allowed:
            # A request to another port could be a command to another service.
            raise UnansweredError(f"port {port} is not asked")
        address = reachable(host, port, allowed=allowed)
        is_secure = parts.scheme == "https"
        context = ssl.create_default_context(cafile=self.ca_file) if is_secure else None
        return _Connection(host, port, address, context, max(0.1, deadline - time.monotonic()))


class _Connection(http.client.HTTPConnection):
    """A connection to an address that was looked at before, by TLS where there is a context."""

    def __init__(
        self, host: str, port: int, address: str, context: ssl.SSLContext | None, seconds: float
    ) -> None:
        super().__init__(host, port, timeout=seconds)
        self._address = address
        self._context = context
        # http.client forgets its own once an answer begins that ends with the connection.
        self.opened: socket.socket | None = None

    def connect(self) -> None:
        self.sock = socket.create_connection((self._address, self.port), self.timeout)
        if self._context is not None:
            self.sock = self._context.wrap_socket(self.sock, server_hostname=self.host)
        self.opened = self.sock


@contextmanager
def _ended(connection: _Connection, deadline: float) -> Iterator[None]:
    """Cut the connection at the deadline: each octet of a slow answer would begin a new timeout."""

    def cut() -> None:
        if connection.opened is not None:
            with suppress(OSError):
                connection.opened.shutdown(socket.SHUT_RDWR)

    timer = threading.Timer(max(0.0, deadline - time.monotonic()), cut)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
        connection.close()


def _content(response: http.client.HTTPResponse, size: int, deadline: float) -> bytes:
    if response.status != http.client.OK:
        raise UnansweredError(f"status {response.status}")
    gathered = bytearray()
    while piece := response.read(_PIECE):
        gathered += piece
        if len(gathered) > size:
            raise UnansweredError(f"more than {size} octets")
    # A connection that was cut looks like one that ended.
    if time.monotonic() > deadline or (response.length or 0) > 0:
        raise UnansweredError("cut")
    return bytes(gathered)
