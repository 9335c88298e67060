"""An agent lives no longer than its home."""

import shutil
import subprocess
import time
from pathlib import Path

import pytest

from mailbridge.isolation import gpg_agent
from mailbridge.model.errors import Reason, RefusedError


def alive(home: Path) -> bool:
    listed = subprocess.run(["ps", "-ww", "-eo", "args"], capture_output=True, check=True)
    return str(home).encode() in listed.stdout


def is_gone(home: Path) -> bool:
    deadline = time.monotonic() + 20
    while alive(home) and time.monotonic() < deadline:
        time.sleep(0.05)
    return not alive(home)


def test_it_answers_at_once_and_is_ended_by_name(short_path: Path) -> None:
    home = short_path / "h"
    gpg_agent.start(home)
    assert (home / "S.gpg-agent").is_socket()
    gpg_agent.end(home)
    assert is_gone(home)


def test_it_ends_itself_when_its_home_vanishes(short_path: Path) -> None:
    home = short_path / "h"
    gpg_agent.start(home)
    assert alive(home)
    shutil.rmtree(home)
    assert is_gone(home)


def test_a_path_that_is_too_long_for_a_socket_is_refused(short_path: Path) -> None:
    home = short_path / ("l" * 120)
    with pytest.raises(RefusedError) as refusal:
        gpg_agent.start(home)
    assert refusal.value.reason is Reason.UNSUPPORTED
    assert is_gone(home)


def test_to_end_none_is_no_error(short_path: Path) -> None:
    gpg_agent.end(short_path / "none")
