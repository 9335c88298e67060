"""The walls around a child: no network, no writing outside its scratch folder, bounded memory.

The kernel's Landlock is used where it is there, and a network namespace of its own; both are asked
of libc directly, since Python 3.11 has no call for them. What could not be had is told.
"""

import ctypes
import os
import resource
import signal
import struct
from contextlib import suppress
from pathlib import Path

_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446
_RULESET_VERSION = 1
_RULE_PATH_BENEATH = 1
_PR_SET_PDEATHSIG, _PR_SET_NO_NEW_PRIVS = 1, 38
_CLONE_NEWNET, _CLONE_NEWUSER = 0x40000000, 0x10000000
# linux/landlock.h, access rights of ABI 1: execute, write, read file, read folder.
_EXECUTE, _WRITE_FILE, _READ_FILE, _READ_FOLDER = 1, 2, 4, 8
_ALL_OF_ABI_1 = (1 << 13) - 1
_BIND_TCP_AND_CONNECT_TCP = 3
_ABI_WITH_NETWORK = 4
_FILE_RIGHTS = _EXECUTE | _WRITE_FILE | _READ_FILE

_libc = ctypes.CDLL(None, use_errno=True)


def bound(memory: int, file_size: int) -> None:
    """Bound address space and file size in octets, forbid core dumps, and die with the parent."""
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_FSIZE, (file_size, file_size))
    # A core dump would write decrypted content to disk.
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with suppress(ValueError):
        resource.setrlimit(resource.RLIMIT_NOFILE, (256, 256))
    _libc.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)


def bound_cpu(seconds: int) -> None:
    """Allow that many further seconds of CPU; the kernel ends the process past them."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    until = int(used.ru_utime + used.ru_stime) + seconds + 1
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (until, hard))


def enclose(readable: list[Path], writable: list[Path]) -> tuple[str, ...]:
    """Shut the network and all other files off; name the walls that stand."""
    _libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    standing = []
    if _libc.unshare(_CLONE_NEWNET) == 0 or _libc.unshare(_CLONE_NEWUSER | _CLONE_NEWNET) == 0:
        standing.append("network")
    if _landlock(readable, writable):
        standing.append("files")
    return tuple(standing)


def _landlock(readable: list[Path], writable: list[Path]) -> bool:
    version = _libc.syscall(_CREATE_RULESET, None, 0, _RULESET_VERSION)
    if version < 1:
        return False
    network = _BIND_TCP_AND_CONNECT_TCP if version >= _ABI_WITH_NETWORK else 0
    handled = (
        struct.pack("=QQ", _ALL_OF_ABI_1, network) if network else struct.pack("=Q", _ALL_OF_ABI_1)
    )
    ruleset = _libc.syscall(_CREATE_RULESET, handled, len(handled), 0)
    if ruleset < 0:
        return False
    for path in readable:
        _allow(ruleset, path, _EXECUTE | _READ_FILE | _READ_FOLDER)
    for path in writable:
        _allow(ruleset, path, _ALL_OF_ABI_1)
    restricted: int = _libc.syscall(_RESTRICT_SELF, ruleset, 0)
    os.close(ruleset)
    return restricted == 0


def _allow(ruleset: int, path: Path, rights: int) -> None:
    try:
        descriptor = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except OSError:
        return
    if not path.is_dir():
        rights &= _FILE_RIGHTS
    rule = struct.pack("=Qi", rights, descriptor)
    _libc.syscall(_ADD_RULE, ruleset, _RULE_PATH_BENEATH, rule, 0)
    os.close(descriptor)
