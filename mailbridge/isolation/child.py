"""The child's side: answers requests with one function until its parent goes away.

Started as `python -m mailbridge.isolation.child`; the first frame is its `Role`.
"""

import errno
import gc
import importlib
import os
import signal
import sys
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, get_type_hints

from mailbridge.isolation import framing, walls
from mailbridge.model import codec
from mailbridge.model.errors import Reason, RefusedError, TryLaterError

# A full disk is the house's trouble, and must not quarantine every mail that comes meanwhile.
_NO_ROOM = {errno.ENOSPC, errno.EDQUOT}


# The first octet of an answer.
VALUE, FAILURE = b"+", b"-"


@dataclass(frozen=True, slots=True)
class Role:
    """What a child does and what it may: `target` is "package.module:function" of one argument."""

    target: str
    scratch: str
    # Folders and files that the child may read besides the interpreter and its libraries.
    readable: tuple[str, ...]
    memory: int
    cpu: int
    file_size: int


@dataclass(frozen=True, slots=True)
class Failure:
    """An answer without a value: a refusal, why not now, or the traceback of a bug."""

    refused: Reason | None = None
    detail: str = ""
    # The house cannot work: no fault of the mail, and no bug.
    later: str | None = None
    bug: str | None = None


def main() -> None:
    """Serve the parent over standard input and output."""
    requests, replies = os.dup(0), os.dup(1)
    # What a library prints must not be taken for an answer.
    os.dup2(os.open(os.devnull, os.O_RDWR), 0)
    os.dup2(2, 1)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    role = codec.decode(Role, framing.receive(requests))
    walls.bound(role.memory, role.file_size)
    # What is loaded stays: to look for garbage in it meanwhile costs a twentieth of the start.
    gc.disable()
    target = _target(role.target)
    standing = walls.enclose([*_libraries(), *map(Path, role.readable)], [Path(role.scratch)])
    gc.freeze()
    gc.enable()
    framing.send(replies, codec.encode(tuple[str, ...], standing))
    while True:
        try:
            request = framing.receive(requests)
        except framing.ClosedError:
            return
        walls.bound_cpu(role.cpu)
        framing.send(replies, _answer(target, request))


def _target(name: str) -> Callable[[Any], object]:
    module, function = name.split(":")
    found: Callable[[Any], object] = getattr(importlib.import_module(module), function)
    return found


def _libraries() -> list[Path]:
    package = Path(__file__).resolve().parents[2]
    system = map(
        Path, ("/usr", "/lib", "/lib64", "/etc", "/dev", "/proc", "/sys/devices/system/cpu")
    )
    return [package, Path(sys.prefix), Path(sys.base_prefix), *system]


@lru_cache(maxsize=1)
def _types(target: Callable[[Any], object]) -> tuple[Any, Any]:
    """Tell of what types request and answer are."""
    hints = get_type_hints(target)
    answer_type = hints.pop("return")
    (request_type,) = hints.values()
    return request_type, answer_type


def _answer(target: Callable[[Any], object], request: bytes) -> bytes:
    """Write the answer: JSON behind the octet that tells a value from a failure."""
    request_type, answer_type = _types(target)
    try:
        value = target(codec.decode(request_type, request))
        return VALUE + codec.encode(answer_type, value)
    except MemoryError:
        # The heap cannot be relied on any more: end, and be replaced.
        os._exit(1)
    except Exception as error:
        return FAILURE + codec.encode(Failure, _told(error))


def _told(error: Exception) -> Failure:
    """Say of a failure whose it is; of a bug the parent logs the traceback and quarantines."""
    match error:
        case RefusedError():
            return Failure(refused=error.reason, detail=error.detail)
        case RecursionError():
            return Failure(refused=Reason.TOO_DEEP, detail=f"recursion: {error}")
        case TryLaterError():
            return Failure(later=error.detail)
        case OSError() if error.errno in _NO_ROOM:
            return Failure(later=f"the disk of the scratch folder: {error.strerror}")
        case _:
            return Failure(bug="".join(traceback.format_exception(error)))


if __name__ == "__main__":
    main()
