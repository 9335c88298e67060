"""How to reach one mailbox."""

import ipaddress
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal


@dataclass(frozen=True, slots=True)
class Account:
    """One watched folder of one mail account; the secret is asked for at each login, never kept.

    A folder's levels are parted by `/`, whatever the server uses.
    """

    name: str
    host: str
    port: int
    security: Literal["tls", "starttls", "none"]
    user: str
    auth: Literal["password", "xoauth2", "oauthbearer"]
    # Not in repr: a bound method or a partial would show what it holds.
    secret: Callable[[], str] = field(repr=False, compare=False)
    folder: str = "INBOX"
    ca_file: Path | None = None
    timeout: float = 30.0

    def __post_init__(self) -> None:
        if self.security == "none" and not _is_loopback(self.host):
            raise ValueError(f"{self.name}: without TLS only this machine itself may be asked")


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
