"""Locked mails lie durably in a folder of their own, until the officer lets them go."""

import stat
from pathlib import Path

import pytest

from mailbridge.model.errors import RefusedError, TryLaterError
from mailbridge.registry.custody import Custody

DIGEST = "a" * 64


def test_what_is_put_is_there_until_it_is_erased(tmp_path: Path) -> None:
    custody = Custody(tmp_path / "impounded")
    custody.put(DIGEST, b"locked")
    custody.put(DIGEST, b"locked again")
    assert custody.path(DIGEST).read_bytes() == b"locked again"
    assert stat.S_IMODE(custody.path(DIGEST).stat().st_mode) == 0o600
    assert custody.digests() == (DIGEST,)
    custody.erase(DIGEST)
    custody.erase(DIGEST)
    assert not custody.has(DIGEST)


def test_half_written_files_go_at_a_start(tmp_path: Path) -> None:
    custody = Custody(tmp_path)
    (tmp_path / ".locking-x").write_bytes(b"half")
    custody.clear_unfinished()
    assert list(tmp_path.iterdir()) == []


def test_a_name_that_is_no_digest_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RefusedError):
        Custody(tmp_path).path("../x")


def test_a_folder_that_cannot_be_written_says_later(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(TryLaterError):
        Custody(tmp_path / "file").put(DIGEST, b"x")


def test_a_folder_that_is_not_there_holds_nothing(tmp_path: Path) -> None:
    custody = Custody(tmp_path / "none")
    assert custody.digests() == ()
    custody.erase(DIGEST)
