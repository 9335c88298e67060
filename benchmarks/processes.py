"""What a tree of processes has used, as /proc tells it."""

import os
import threading
from dataclasses import dataclass
from pathlib import Path

_TICK = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True)
class Use:
    """CPU seconds, and resident memory in octets: now, and the sum of each process's own peak."""

    cpu: float
    resident: int
    peak: int


def tree(root: int) -> list[int]:
    """Name a process and all that descend from it."""
    parents: dict[int, list[int]] = {}
    for path in Path("/proc").iterdir():
        if path.name.isdigit():
            fields = _fields(int(path.name))
            if fields:
                parents.setdefault(int(fields[1]), []).append(int(path.name))
    found, fresh = [], [root]
    while fresh:
        found += fresh
        fresh = [child for pid in fresh for child in parents.get(pid, [])]
    return found


def use(root: int) -> Use:
    """Sum over the tree; children that ended are in their parent's account."""
    cpu, resident, peak = 0.0, 0, 0
    for pid in tree(root):
        fields = _fields(pid)
        if not fields:
            continue
        cpu += sum(int(fields[at]) for at in (11, 12, 13, 14)) / _TICK
        lines = _status(pid)
        resident += lines.get("VmRSS", 0)
        peak += lines.get("VmHWM", 0)
    return Use(cpu, resident, peak)


class Sampler(threading.Thread):
    """Looks at a tree's resident memory a few times a second, and keeps the highest sum."""

    def __init__(self, root: int, seconds: float = 0.25) -> None:
        super().__init__(daemon=True)
        self._root = root
        self._seconds = seconds
        self._done = threading.Event()
        self.highest = 0

    def run(self) -> None:
        while not self._done.wait(self._seconds):
            self.highest = max(self.highest, use(self._root).resident)

    def stop(self) -> int:
        """End, and tell the highest sum in octets."""
        self._done.set()
        self.join()
        return self.highest


def _fields(pid: int) -> list[str]:
    """Read /proc/PID/stat after the name: state, parent, ..."""
    try:
        return Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    except (FileNotFoundError, ProcessLookupError):
        return []


def _status(pid: int) -> dict[str, int]:
    """Read the memory lines of /proc/PID/status, in octets."""
    try:
        text = Path(f"/proc/{pid}/status").read_text(encoding="utf-8")
    except (FileNotFoundError, ProcessLookupError):
        return {}
    pairs = (line.split(":") for line in text.splitlines() if line.startswith("Vm"))
    return {name: int(value.split()[0]) * 1024 for name, value in pairs}
