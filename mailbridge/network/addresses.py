"""Which addresses may be asked: a certificate names the host, and a certificate can be hostile."""

import ipaddress
import socket
from collections.abc import Iterator

from mailbridge.network.errors import UnansweredError

_Address = ipaddress.IPv4Address | ipaddress.IPv6Address
# RFC 6052 §2.1: a translator makes of this a plain IPv4 address, which may be a private one.
_TRANSLATED = ipaddress.IPv6Network("64:ff9b::/96")
_IPV4 = (1 << 32) - 1


def reachable(host: str, port: int, *, allowed: bool) -> str:
    """Resolve a host to the address to connect to; raises UnansweredError.

    A mail must not make us ask our own services (SSRF), so private, local and reserved addresses
    are refused where the settings do not allow the host. The caller connects to the address given,
    and does not resolve again: a second answer could be another.
    """
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise UnansweredError(f"{host} does not resolve: {error}") from error
    for *_, place in found:
        # A scope ("%eth0") belongs to a link-local address.
        address = str(place[0]).partition("%")[0]
        if allowed or is_public(address):
            return address
    raise UnansweredError(f"{host} has no public address")


def is_public(address: str) -> bool:
    """Tell whether an address, and all that is wrapped in it, belongs to the public internet."""
    return all(
        each.is_global and not each.is_multicast and not getattr(each, "is_site_local", False)
        for each in _unwrapped(address)
    )


def _unwrapped(address: str) -> Iterator[_Address]:
    outer = ipaddress.ip_address(address)
    if isinstance(outer, ipaddress.IPv4Address):
        yield outer
        return
    mapped, wrapped = outer.ipv4_mapped, outer.sixtofour
    if mapped is None:
        yield outer
    yield from (each for each in (mapped, wrapped, *(outer.teredo or ())) if each is not None)
    if outer in _TRANSLATED:
        yield ipaddress.IPv4Address(int(outer) & _IPV4)
