"""What was opened does not outlive its process in the clear (Điều 5.1)."""

import os
import subprocess
from pathlib import Path

from mailbridge.isolation import left_behind


def test_what_dead_processes_opened_is_removed_and_what_living_ones_did_is_not(
    tmp_path: Path,
) -> None:
    ended = subprocess.Popen(["/bin/true"])
    ended.wait()
    for owner in (str(ended.pid), str(os.getpid()), "old"):
        (tmp_path / f"child-{owner}-x").mkdir()
        (tmp_path / f"child-{owner}-x" / "1").write_bytes(b"opened")
    own = left_behind.scratch(tmp_path)
    (tmp_path / "directory-1.json").write_bytes(b"{}")
    assert left_behind.clear(tmp_path) == 2
    left = sorted(path.name for path in tmp_path.iterdir())
    assert left == sorted([own.name, f"child-{os.getpid()}-x", "directory-1.json"])
