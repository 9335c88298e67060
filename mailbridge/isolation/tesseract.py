"""One run of tesseract, within the walls of the child that starts it: its network, its folders.

Low in the order of work, one thread, bounded memory and time; it ends with its parent.
"""

import ctypes
import os
import resource
import shutil
import signal
import subprocess
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

from mailbridge.model.limits import MIB

LANGUAGE = "vie"
# A picture that unpacks to gigabytes; a page at 300 dpi takes a quarter of it.
_MEMORY = 768 * MIB
# What it writes: words with their places, some hundred kilobytes a page.
_OUTPUT = 16 * MIB
# Below the rest, but not idle: who starves does not see a stamp in time.
_NICE = 10
_PR_SET_PDEATHSIG = 1
# tesseract answers at once; one that waits for a person is none.
_ASKED = 10

_libc = ctypes.CDLL(None, use_errno=True)


def found() -> str | None:
    """Name the program, if it is on this machine."""
    return shutil.which("tesseract")


@lru_cache(maxsize=4)
def reads_vietnamese(program: str) -> bool:
    """Tell whether its model for Vietnamese is installed."""
    try:
        told = subprocess.run(
            (program, "--list-langs"), capture_output=True, timeout=_ASKED, check=False
        )
    except (OSError, subprocess.SubprocessError):
        return False
    return LANGUAGE.encode() in told.stdout.split()


def words_in(
    program: str, picture: Path, out: Path, seconds: float, *, dpi: int, layout: int
) -> str:
    """Read a picture into lines of TSV (tesseract(1), `tsv`); empty where it could not.

    `layout` is its page segmentation mode: 3 finds columns, 11 finds words wherever they stand.
    """
    how = ("-l", LANGUAGE, "--dpi", str(dpi), "--psm", str(layout))
    command = (program, str(picture), str(out), *how, "tsv")
    environment = {"OMP_THREAD_LIMIT": "1", "PATH": os.defpath, "LANG": "C.UTF-8"}
    try:
        subprocess.run(
            command,
            # Not to /dev/null: behind the walls nothing outside the scratch folder is written.
            capture_output=True,
            cwd=out.parent,
            env=environment,
            timeout=seconds,
            check=True,
            preexec_fn=_bounded(seconds),
        )
        return out.with_suffix(".tsv").read_text(encoding="utf-8", errors="replace")
    except (OSError, subprocess.SubprocessError):
        return ""


def _bounded(seconds: float) -> Callable[[], None]:
    """Lower its place in the order of work, and bound memory, output and CPU, before it starts."""
    cpu = int(seconds) + 1

    def bound() -> None:
        _libc.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
        os.setpriority(os.PRIO_PROCESS, 0, _NICE)
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        for limit, value in (
            (resource.RLIMIT_AS, _MEMORY),
            (resource.RLIMIT_FSIZE, _OUTPUT),
            (resource.RLIMIT_CPU, cpu),
        ):
            _, hard = resource.getrlimit(limit)
            resource.setrlimit(limit, (value if hard < 0 else min(value, hard), hard))

    return bound
