"""The demo plays eight mails and one of ours through the real program, and tells their ends."""

import os
import subprocess
import sys

from tests.journeys.office import ROOT


def test_the_demo_ends_with_all_eight_as_they_should() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "mailbridge.demo"],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT), "COLUMNS": "160"},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "8/8" in done.stdout
    assert "03 · legal" in done.stdout
    assert "Văn bản đi đã đến hộp thư Văn phòng Tỉnh ủy" in done.stdout
    assert "1-CV/ĐU" in done.stdout.partition("Văn bản đi đã đến")[2].splitlines()[0]
