"""TXT records by the system's DNS servers; the only module that speaks DNS.

Its library is loaded by the first question: most commands have a house and ask nothing.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mailbridge.network.errors import UnansweredError

if TYPE_CHECKING:
    import dns.resolver

# A name server may answer with a thousand records.
_RECORDS = 20
_TEXT = 16 * 1024


@dataclass(frozen=True, slots=True)
class Resolver:
    """Asks the servers of /etc/resolv.conf, or those given as (address, port)."""

    servers: tuple[tuple[str, int], ...] = ()

    def txt(self, name: str, seconds: float) -> tuple[str, ...]:
        """List the TXT records of a name; empty where it has none. Raises UnansweredError."""
        import dns.exception
        import dns.resolver

        try:
            answer = self._resolver().resolve(
                f"{name}.", "TXT", lifetime=seconds, raise_on_no_answer=False, search=False
            )
        except dns.resolver.NXDOMAIN:
            return ()
        except dns.exception.DNSException as error:
            # RFC 6376 §6.1.2: a server that fails or is silent says nothing of the key.
            raise UnansweredError(f"{name}: {error}") from error
        texts = [b"".join(each.strings) for each in (answer.rrset or ())[:_RECORDS]]
        return tuple(text[:_TEXT].decode("utf-8", "replace") for text in texts)

    def _resolver(self) -> "dns.resolver.Resolver":
        import dns.resolver

        made = dns.resolver.Resolver(configure=not self.servers)
        if self.servers:
            made.nameservers = [address for address, _ in self.servers]
            made.nameserver_ports = dict(self.servers)
        return made
