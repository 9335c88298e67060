"""Octets are whole and durable, or not there at all."""

import hashlib
import os
import resource
import subprocess
import sys
import threading
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from mailbridge.model.errors import Reason, RefusedError, TryLaterError
from mailbridge.model.slot import Fingerprint
from mailbridge.registry.blobs import Blobs
from tests.unit.registry.conftest import NOW

OCTETS = b"From: vptu@hungyen.gov.vn\r\n\r\n" * 100
PRINT = Fingerprint(hashlib.sha256(OCTETS).hexdigest())


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "blobs"


@pytest.fixture
def blobs(folder: Path) -> Blobs:
    return Blobs(folder)


@pytest.fixture
def small_disk() -> Iterator[int]:
    """Files may not grow beyond this: the nearest thing to a full disk without root."""
    limit = 200_000
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, before[1]))
    yield limit
    resource.setrlimit(resource.RLIMIT_FSIZE, before)


def _put(blobs: Blobs, octets: bytes = OCTETS) -> Fingerprint:
    with blobs.writer() as writer:
        for start in range(0, len(octets), 1000):
            writer.write(octets[start : start + 1000])
        return writer.commit()


def _names(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir()]


def _age(path: Path, **age: float) -> None:
    moment = (NOW - timedelta(**age)).timestamp()
    os.utime(path, (moment, moment))


def _write_and_fail(blobs: Blobs, octets: bytes) -> None:
    with blobs.writer() as writer:
        writer.write(octets)
        raise KeyError


def test_octets_lie_under_their_digest(blobs: Blobs, folder: Path) -> None:
    assert _put(blobs) == PRINT
    assert _put(blobs) == PRINT
    assert blobs.path(PRINT).read_bytes() == OCTETS
    assert _names(folder) == [PRINT]


def test_what_is_not_committed_leaves_nothing(blobs: Blobs, folder: Path) -> None:
    with pytest.raises(KeyError):
        _write_and_fail(blobs, OCTETS)
    assert _names(folder) == []


def test_a_full_disk_is_tried_later_and_leaves_nothing(
    blobs: Blobs, folder: Path, small_disk: int
) -> None:
    for octets in (b"x" * (small_disk * 2), b"x" * (small_disk + 1)):
        with pytest.raises(TryLaterError, match="blob store"):
            _put(blobs, octets)
    assert _names(folder) == []
    assert _put(blobs) == PRINT


def test_a_folder_that_is_gone_is_tried_later(blobs: Blobs, folder: Path) -> None:
    folder.rmdir()
    for work in (blobs.writer, blobs.sync):
        with pytest.raises(TryLaterError):
            work()


@pytest.mark.parametrize("name", ["../secret", "", "a" * 63, "A" * 64, f"{'a' * 64}\n"])
def test_only_digests_name_blobs(blobs: Blobs, name: str) -> None:
    with pytest.raises(RefusedError):
        blobs.path(name)


def test_an_unpacked_file_is_copied_and_shares_nothing_with_its_source(
    blobs: Blobs, tmp_path: Path
) -> None:
    source = tmp_path / "1.pdf"
    source.write_bytes(OCTETS)
    blobs.put_file(source, PRINT)
    source.write_bytes(b"changed by the child that still holds it")
    assert blobs.path(PRINT).read_bytes() == OCTETS


def test_a_file_that_is_not_what_its_digest_says_is_refused_and_leaves_nothing(
    blobs: Blobs, folder: Path, tmp_path: Path
) -> None:
    source = tmp_path / "1.pdf"
    source.write_bytes(b"something else")
    with pytest.raises(RefusedError) as refusal:
        blobs.put_file(source, PRINT)
    assert refusal.value.reason is Reason.INTERNAL
    assert _names(folder) == []


def test_links_and_pipes_are_no_unpacked_files(blobs: Blobs, tmp_path: Path) -> None:
    secret, link, pipe = tmp_path / "secret", tmp_path / "link", tmp_path / "pipe"
    secret.write_bytes(OCTETS)
    link.symlink_to(secret)
    os.mkfifo(pipe)
    reasons = []
    for source in (link, pipe, tmp_path, tmp_path / "none"):
        with pytest.raises(RefusedError) as refusal:
            blobs.put_file(source, PRINT)
        reasons.append(refusal.value.reason)
    assert reasons == [Reason.LINK, Reason.DEVICE, Reason.DEVICE, Reason.INTERNAL]


def test_erased_octets_are_gone(blobs: Blobs, folder: Path) -> None:
    _put(blobs)
    for _ in range(2):
        blobs.erase(PRINT)
    assert _names(folder) == []


def test_a_sweep_takes_orphans_between_a_day_and_a_week_old(blobs: Blobs) -> None:
    ages = {"young": 0.9, "orphan": 1.1, "known": 1.2, "week": 8.0}
    names = {name: _put(blobs, name.encode()) for name in ages}
    for name, days in ages.items():
        _age(blobs.path(names[name]), days=days)
    asked: list[str] = []

    def is_known(fingerprint: Fingerprint) -> bool:
        asked.append(fingerprint)
        return fingerprint == names["known"]

    assert blobs.sweep(is_known, NOW) == 1
    left = [name for name in ages if blobs.path(names[name]).exists()]
    assert left == ["young", "known", "week"]
    assert sorted(asked) == sorted([names["orphan"], names["known"]])


def test_an_orphan_that_is_put_again_is_young_again(blobs: Blobs, tmp_path: Path) -> None:
    source = tmp_path / "1.pdf"
    source.write_bytes(OCTETS)
    _put(blobs)
    _age(blobs.path(PRINT), days=2)

    def put_meanwhile(_: Fingerprint) -> bool:
        blobs.put_file(source, PRINT)
        return False

    now = NOW.fromtimestamp(blobs.path(PRINT).stat().st_mtime, NOW.tzinfo) + timedelta(days=2)
    assert blobs.sweep(put_meanwhile, now) == 0
    assert blobs.path(PRINT).read_bytes() == OCTETS


_DYING = """
import os, sys
from pathlib import Path
from mailbridge.registry.blobs import Blobs
writer = Blobs(Path(sys.argv[1])).writer()
writer.write(b"half a mail")
os.kill(os.getpid(), 9)
"""


def test_what_a_death_left_half_written_is_cleared(blobs: Blobs, folder: Path) -> None:
    _put(blobs)
    subprocess.run([sys.executable, "-c", _DYING, str(folder)], check=False)
    assert len(_names(folder)) == 2
    blobs.clear_unfinished()
    assert _names(folder) == [PRINT]


def test_many_threads_may_store_the_same_octets(blobs: Blobs, folder: Path) -> None:
    def work() -> None:
        for number in range(20):
            _put(blobs, b"%d" % (number % 5))
            blobs.sync()

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(_names(folder)) == 5
