"""The two seams to the network, with failures as data.

    resolver = ResolverSimulator({"k._domainkey.b.vn": ("v=DKIM1; …",)})
    Asking(resolver, FetcherSimulator({url: octets}))

What is given as an exception is raised, what is given as a float is slept first and then silent.
"""

import time
from dataclasses import dataclass, field

from mailbridge.network.errors import UnansweredError

SILENT = UnansweredError("timeout")
SERVFAIL = UnansweredError("SERVFAIL")
Failure = UnansweredError | float


def _failing(answer: object) -> None:
    if isinstance(answer, UnansweredError):
        raise answer
    if isinstance(answer, float):
        time.sleep(answer)
        raise SILENT


@dataclass
class ResolverSimulator:
    """DNS: a name that is not there is NXDOMAIN."""

    names: dict[str, tuple[str, ...] | Failure] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    def txt(self, name: str, seconds: float) -> tuple[str, ...]:
        self.asked.append(name)
        answer = self.names.get(name, ())
        _failing(answer)
        assert isinstance(answer, tuple)
        return answer


@dataclass
class FetcherSimulator:
    """CRL and OCSP servers: a URL that is not there is answered by nobody."""

    urls: dict[str, bytes | Failure] = field(default_factory=dict)
    asked: list[tuple[str, bytes | None]] = field(default_factory=list)

    def fetch(self, url: str, body: bytes | None, size: int, seconds: float) -> bytes:
        self.asked.append((url, body))
        answer = self.urls.get(url, SILENT)
        _failing(answer)
        assert isinstance(answer, bytes)
        if len(answer) > size:
            raise UnansweredError("too large")
        return answer
