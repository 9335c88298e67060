"""Scratch folders of children, and those that a death left behind with what was opened in them."""

import os
import shutil
import tempfile
from pathlib import Path

_SCRATCH = "child-"


def scratch(folder: Path) -> Path:
    """Make the scratch folder of a child; the number of its parent is in its name."""
    return Path(tempfile.mkdtemp(prefix=f"{_SCRATCH}{os.getpid()}-", dir=folder))


def clear(folder: Path) -> int:
    """Remove the scratch folders of processes that died: what they opened lies there in the clear.

    Gives how many. A number that another process has by now keeps its folder until that one ends.
    """
    removed = 0
    for path in folder.glob(f"{_SCRATCH}*"):
        owner = path.name.removeprefix(_SCRATCH).partition("-")[0]
        if not owner.isdecimal() or not _is_alive(int(owner)):
            shutil.rmtree(path, ignore_errors=True)
            removed += 1
    return removed


def _is_alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
