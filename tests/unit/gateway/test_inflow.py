"""The octets of a mail: within their limit, and of a refused one nothing stays."""

from pathlib import Path

import pytest

from mailbridge.gateway.inflow import HEAD_SIZE, Inflow
from mailbridge.model.errors import TryLaterError
from mailbridge.registry.blobs import Blobs


def test_what_exceeds_the_limit_is_counted_and_not_kept(tmp_path: Path) -> None:
    taken = Inflow(Blobs(tmp_path), 10)
    for _ in range(3):
        taken.write(b"12345")
    assert (taken.is_too_large, taken.size, list(tmp_path.iterdir())) == (True, 15, [])


def test_a_disk_that_is_away_is_told_at_the_end(tmp_path: Path) -> None:
    folder = tmp_path / "blobs"
    taken = Inflow(Blobs(folder), 100)
    folder.rmdir()
    taken.write(b"1")
    taken.write(b"2")
    assert taken.fault is not None
    with pytest.raises(TryLaterError):
        taken.commit()


def test_of_a_long_mail_only_the_beginning_is_remembered(tmp_path: Path) -> None:
    taken = Inflow(Blobs(tmp_path), 10 * HEAD_SIZE)
    for _ in range(3):
        taken.write(b"x" * HEAD_SIZE)
    assert len(taken.head) == HEAD_SIZE
    taken.discard()
    assert list(tmp_path.iterdir()) == []


def test_what_is_dropped_is_neither_written_nor_kept_by_a_thread_that_comes_late(
    tmp_path: Path,
) -> None:
    taken = Inflow(Blobs(tmp_path), 100)
    taken.write(b"1")
    taken.discard()
    taken.write(b"2")
    with pytest.raises(TryLaterError):
        taken.commit()
    assert list(tmp_path.iterdir()) == []
