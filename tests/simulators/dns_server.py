"""A name server on a loopback socket that answers as it is told.

    with DnsServer({"k._domainkey.b.vn.": [b"v=DKIM1; ", b"p=…"]}) as server:
        Resolver((server.place,)).txt("k._domainkey.b.vn", 1.0)

A name's answer is the strings of one TXT record, or an rcode (dns.rcode.SERVFAIL), STALL, GARBAGE,
FORGED (an answer with another id) or EMPTY (the name is there, without a TXT record).
"""

import socket
import threading
from dataclasses import dataclass, field
from typing import Self

import dns.flags
import dns.message
import dns.rcode
import dns.rrset

STALL, GARBAGE, FORGED, EMPTY = "stall", "garbage", "forged", "empty"
Answer = list[bytes] | dns.rcode.Rcode | str


@dataclass
class DnsServer:
    """For use as a context manager; counts the queries that it got."""

    names: dict[str, Answer] = field(default_factory=dict)
    queries: int = 0

    def __enter__(self) -> Self:
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._socket.bind(("127.0.0.1", 0))
        self.place: tuple[str, int] = self._socket.getsockname()
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        # A datagram to itself wakes the thread that waits.
        self._socket.sendto(b"", self.place)
        self._thread.join()
        self._socket.close()

    def _serve(self) -> None:
        while True:
            octets, client = self._socket.recvfrom(4096)
            if not octets:
                return
            self.queries += 1
            reply = self._reply(octets)
            if reply is not None:
                self._socket.sendto(reply, client)

    def _reply(self, octets: bytes) -> bytes | None:
        query = dns.message.from_wire(octets)
        name = query.question[0].name.to_text()
        answer = self.names.get(name, dns.rcode.NXDOMAIN)
        if answer == STALL:
            return None
        if answer == GARBAGE:
            return octets[:2] + b"\xff" * 40
        reply = dns.message.make_response(query)
        reply.flags |= dns.flags.RA
        if answer == FORGED:
            reply.id ^= 1
        elif isinstance(answer, list):
            texts = " ".join('"' + text.decode() + '"' for text in answer)
            reply.answer.append(dns.rrset.from_text(name, 60, "IN", "TXT", texts))
        elif isinstance(answer, dns.rcode.Rcode):
            reply.set_rcode(answer)
        return reply.to_wire()
