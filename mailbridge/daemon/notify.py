"""Tell systemd how the service does, by the datagrams that sd_notify(3) describes."""

import os
import socket


def tell_systemd(state: str) -> None:
    """Send READY=1, WATCHDOG=1 or STOPPING=1; nothing happens where systemd does not listen."""
    address = os.environ.get("NOTIFY_SOCKET", "")
    if not address:
        return
    # sd_notify(3): a leading @ stands for the abstract name space.
    name = "\0" + address[1:] if address.startswith("@") else address
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as line:
        line.sendto(state.encode(), name)


def watchdog_seconds() -> float | None:
    """Tell how often systemd wants a sign of life, if it does."""
    microseconds = os.environ.get("WATCHDOG_USEC")
    return int(microseconds) / 1_000_000 if microseconds else None
