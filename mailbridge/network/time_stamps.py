"""Questions to a time-stamping authority by HTTP (RFC 3161 §3.4)."""

from collections.abc import Callable
from urllib.parse import urlsplit

from mailbridge.network.fetcher import Fetcher

_SECONDS = 10.0
# A token with its certificates has some kilobytes.
_SIZE = 256 * 1024
_KIND = "application/timestamp-query"


def asking(url: str) -> Callable[[bytes], bytes]:
    """Build who asks the authority that the settings name; the call raises UnansweredError.

    Naming it allows its host, as `allowed_hosts` does: authorities stand inside closed networks.
    """
    fetcher = Fetcher((urlsplit(url).hostname or "",))
    return lambda question: fetcher.fetch(url, question, _SIZE, _SECONDS, _KIND)
