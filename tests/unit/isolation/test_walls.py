"""The walls are put up in a process of its own, which tells what it can still do."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
PROBE = """
import resource, sys
from pathlib import Path
from mailbridge.isolation import walls
walls.bound(2**30, 2**20)
standing = walls.enclose([Path("/usr"), Path("/lib")], [Path(sys.argv[1])])
(Path(sys.argv[1]) / "inside").write_text("x")
try:
    Path(sys.argv[2]).read_text()
    read = "read"
except PermissionError:
    read = "refused"
print(*standing, read, resource.getrlimit(resource.RLIMIT_CORE)[0])
"""


def test_files_outside_are_refused_where_the_wall_stands(tmp_path: Path) -> None:
    inside = tmp_path / "scratch"
    inside.mkdir()
    (tmp_path / "secret").write_text("s")
    done = subprocess.run(
        [sys.executable, "-c", PROBE, str(inside), str(tmp_path / "secret")],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    words = done.stdout.split()
    assert words[-1] == "0", "no core dump would be written"
    assert ("files" in words) == ("refused" in words)
