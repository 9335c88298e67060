"""The agent without which gpg uses no secret key: started for one home, and ended with it."""

import socket
import subprocess
from contextlib import suppress
from pathlib import Path

from mailbridge.model.errors import Reason, RefusedError

_PROGRAM = "gpg-agent"
_SECONDS = 10


def start(home: Path) -> None:
    """Start an agent that knows this home alone; it answers when the call returns.

    Raises RefusedError where none can be started: gpg-agent is missing, or the path too long for
    a socket.

    gpg would start one itself, by way of /dev/null, which the walls shut. This one we end by its
    socket; it also ends itself when its home vanishes, so none outlives a child that was killed.
    """
    home.mkdir(mode=0o700, exist_ok=True)
    command = [_PROGRAM, "--homedir", str(home), "--no-options", "--daemon", "--no-detach"]
    command += ["--allow-loopback-pinentry", "--log-file", str(home / "agent")]
    try:
        with subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
        ) as process:
            process.wait(_SECONDS)
        if process.returncode != 0:
            raise RefusedError(Reason.UNSUPPORTED, f"gpg-agent ended with {process.returncode}")
    except (OSError, subprocess.TimeoutExpired) as error:
        raise RefusedError(Reason.UNSUPPORTED, f"no gpg-agent: {error}") from error


def end(home: Path) -> None:
    """End the agent of this home, if there is one."""
    with suppress(OSError), socket.socket(socket.AF_UNIX) as agent:
        agent.settimeout(_SECONDS)
        agent.connect(str(home / "S.gpg-agent"))
        agent.recv(1024)
        agent.sendall(b"KILLAGENT\n")
        agent.recv(1024)
