"""The network as the settings allow it."""

from pathlib import Path

from mailbridge.network.asking import Asking
from mailbridge.network.cache import Cache
from mailbridge.network.fetcher import Fetcher
from mailbridge.network.resolver import Resolver


def permitted(
    *, dns: bool, revocation: bool, hosts: tuple[str, ...], cache: Path | None
) -> Asking | None:
    """Build whom examinations ask; None where nobody may be asked. `cache` None keeps no file."""
    if not dns and not revocation:
        return None
    resolver, fetcher = Resolver() if dns else None, Fetcher(hosts) if revocation else None
    return Asking(resolver, fetcher, Cache(cache))
