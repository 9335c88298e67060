"""What goes over the wire: a proxy before IMAP that counts octets and, if asked, cuts literals."""

import itertools
import re
import socket
import threading
from contextlib import suppress
from types import TracebackType
from typing import Self

from benchmarks.corpus import mixed
from benchmarks.product import Product, Setup
from benchmarks.report import MIB, Line, Report
from benchmarks.world import World

_LITERAL = re.compile(rb"\{(\d+)\}\r\n")
_MAILS = 200
_CUT_EVERY = 20


def measure(world: World, report: Report) -> None:
    """Compare what came over the wire with the mails, without faults and with every 20th cut."""
    report.say(f"wire: {_MAILS} mixed mails through a proxy")
    sizes = []

    def mails() -> object:
        for each in mixed(world.keys, _MAILS):
            sizes.append(len(each.octets))
            yield each

    user = world.mailbox(mails())  # type: ignore[arg-type]
    for every, aim in ((0, 1.02), (_CUT_EVERY, 1.15)):
        with Proxy(world.host.imap_port, every) as proxy:
            setup = Setup(imap_port=proxy.port)
            with Product(world, f"wire-{every}", user, setup) as product:
                product.start()
                product.await_settled(_MAILS)
        name = "octets over the wire / octets of the mails"
        name += f", every {every}th literal cut" if every else ""
        how = f"{proxy.octets / MIB:.1f} / {sum(sizes) / MIB:.1f} MiB, {proxy.cuts} cuts"
        report.add(Line(name, proxy.octets / sum(sizes), aim, None, how))


class Proxy:
    """Listens before a server; each literal that is a mail counts, whatever the connection."""

    def __init__(self, server: int, cut_every: int) -> None:
        self._server = server
        self._cut_every = cut_every
        self._literals = itertools.count(1)
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        self.octets = 0
        self.cuts = 0

    def __enter__(self) -> Self:
        threading.Thread(target=self._serve, daemon=True).start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._listener.close()

    def _serve(self) -> None:
        with suppress(OSError):
            while True:
                client, _ = self._listener.accept()
                server = socket.create_connection(("127.0.0.1", self._server))
                threading.Thread(target=_copy, args=(client, server), daemon=True).start()
                threading.Thread(target=self._bring, args=(server, client), daemon=True).start()

    def _bring(self, server: socket.socket, client: socket.socket) -> None:
        left, doomed = 0, False
        with suppress(OSError):
            while octets := server.recv(64 * 1024):
                came, left, doomed = self._followed(octets, left, doomed)
                client.sendall(came)
                self.octets += len(came)
                if len(came) < len(octets):
                    break
        for each in (server, client):
            with suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)

    def _followed(self, octets: bytes, left: int, doomed: bool) -> tuple[bytes, int, bool]:
        """Follow literals through the stream; gives back less than came where one is cut.

        A length that two segments share is not seen: then that literal is not counted.
        """
        at = 0
        while True:
            if left:
                step = min(left, len(octets) - at)
                at, left = at + step, left - step
                if doomed and left == 0:
                    # Its second half never comes.
                    self.cuts += 1
                    return octets[: max(0, at - step // 2)], 0, False
            match = _LITERAL.search(octets, at) if not left else None
            if match is None:
                return octets, left, doomed
            at, left = match.end(), int(match[1])
            # Only what is large enough to be a mail is a literal of a body.
            if left > 10_000 and self._cut_every:
                doomed = next(self._literals) % self._cut_every == 0


def _copy(source: socket.socket, target: socket.socket) -> None:
    with suppress(OSError):
        while octets := source.recv(64 * 1024):
            target.sendall(octets)
    with suppress(OSError):
        target.shutdown(socket.SHUT_RDWR)
