"""Functions that children of the tests run: an honest one, and what hostile octets could do."""

import os
import socket
import time
from dataclasses import dataclass
from pathlib import Path

from mailbridge.model.errors import Reason, RefusedError


@dataclass(frozen=True, slots=True)
class Order:
    deed: str
    argument: str = ""


@dataclass(frozen=True, slots=True)
class Result:
    words: tuple[str, ...]


def obey(order: Order) -> Result:
    return Result((DEEDS[order.deed](order.argument),))


def _echo(argument: str) -> str:
    return argument


def _refuse(argument: str) -> str:
    raise RefusedError(Reason.BOMB, argument)


def _bug(argument: str) -> str:
    return str(int(argument))


def _full(argument: str) -> str:
    raise OSError(int(argument), os.strerror(int(argument)))


def _crash(_: str) -> str:
    os.kill(os.getpid(), 11)
    return "alive"


def _hang(_: str) -> str:
    time.sleep(60)
    return "late"


def _burn(_: str) -> str:
    while True:
        pass


def _swell(_: str) -> str:
    return str(len(bytearray(8 * 1024**3)))


def _nest(argument: str) -> str:
    return _nest(argument + "x")


def _write(argument: str) -> str:
    try:
        Path(argument).write_text("escaped")
    except OSError as error:
        return type(error).__name__
    return "written"


def _read(argument: str) -> str:
    try:
        return Path(argument).read_text()
    except OSError as error:
        return type(error).__name__


def _connect(argument: str) -> str:
    try:
        socket.create_connection(("127.0.0.1", int(argument)), timeout=2).close()
    except OSError as error:
        return type(error).__name__
    return "connected"


def _secret(_: str) -> str:
    return os.environ.get("MAILBRIDGE_TEST_SECRET", "nothing")


DEEDS = {
    "echo": _echo,
    "refuse": _refuse,
    "bug": _bug,
    "full": _full,
    "crash": _crash,
    "hang": _hang,
    "burn": _burn,
    "swell": _swell,
    "nest": _nest,
    "write": _write,
    "read": _read,
    "connect": _connect,
    "secret": _secret,
}
