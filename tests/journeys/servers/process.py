"""Ports, privileges, waiting and ending: what both servers need of the machine."""

import itertools
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

HOST = "127.0.0.1"
PATIENCE = 20.0


# Below the ports that the kernel gives to outgoing connections: a server that is stopped finds its
# port free when it starts again. Each process begins elsewhere, and none is named twice.
_FIRST, _LAST = 16_000, 32_000
_candidates = itertools.count(os.getpid() * 101)


def free_ports(count: int) -> list[int]:
    """Name ports that nobody listens on now."""
    ports = (_FIRST + number % (_LAST - _FIRST) for number in _candidates)
    return list(itertools.islice(filter(_is_free, ports), count))


def _is_free(port: int) -> bool:
    try:
        socket.create_server((HOST, port)).close()
    except OSError:
        return False
    return True


def run(*command: str | Path) -> None:
    """Run a command to its end, and fail with what it said."""
    with tempfile.TemporaryFile() as said:
        # A file and no pipe: a server that goes to the background would keep the pipe open.
        code = subprocess.run(
            [*map(str, command)],
            check=False,
            stdin=subprocess.DEVNULL,
            stdout=said,
            stderr=said,
            timeout=60,
        ).returncode
        said.seek(0)
        assert code == 0, said.read().decode(errors="replace")


def as_root(*command: str | Path) -> None:
    """Run what only root may; a developer without root needs `sudo` without a password."""
    run(*([] if os.geteuid() == 0 else ["sudo", "-n"]), *command)


def wait_until(what: str, done: Callable[[], bool], patience: float = PATIENCE) -> None:
    """Ask until it is so, and fail with `what` when it never is."""
    deadline = time.monotonic() + patience
    while not done():
        if time.monotonic() > deadline:
            raise AssertionError(f"waited {patience:g} s in vain: {what}")
        time.sleep(0.02)


def answers(port: int) -> bool:
    """Tell whether a server greets there."""
    try:
        with socket.create_connection((HOST, port), timeout=2) as connection:
            return bool(connection.recv(1))
    except OSError:
        return False


def end(pid: int) -> None:
    """End one process that these tests started, and wait until it is gone."""
    try:
        os.kill(pid, signal.SIGTERM)
    except PermissionError:
        as_root("kill", str(pid))
    except ProcessLookupError:
        return
    wait_until(f"process {pid} ends", lambda: not is_running(pid))


def is_running(pid: int) -> bool:
    """Tell whether the process lives; one that only waits to be reaped does not."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return False
    return state != "Z"


def remove(folder: Path) -> None:
    """Remove a server's folder, even while its last child still writes there."""

    def removed() -> bool:
        shutil.rmtree(folder, ignore_errors=True)
        return not folder.exists()

    wait_until(f"{folder} is removed", removed)
