"""Blobs: content-addressed files, durable before any row speaks of them.

All lie in one folder: one fsync of it makes the names of a mail and of its files durable together.
"""

import errno
import hashlib
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from types import TracebackType
from typing import Self

from mailbridge.model.errors import TryLaterError
from mailbridge.model.slot import Fingerprint

# An orphan younger than this may belong to a mail whose row is about to be written.
_ORPHAN_AGE = timedelta(days=1)
_TEMPORARY = ".incoming-"


class BlobWriter:
    """Octets on their way into the store; a temporary file until `commit`."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        with _disk():
            descriptor, name = tempfile.mkstemp(prefix=_TEMPORARY, dir=folder)
        self._path = Path(name)
        self._file = os.fdopen(descriptor, "wb")
        self._digest = hashlib.sha256()
        self.size = 0

    def write(self, chunk: bytes) -> None:
        """Append octets; raises TryLaterError when the disk is full."""
        with _disk():
            self._file.write(chunk)
        self._digest.update(chunk)
        self.size += len(chunk)

    def commit(self) -> Fingerprint:
        """Make the octets durable under their digest; the name is durable after `Blobs.sync`."""
        fingerprint = Fingerprint(self._digest.hexdigest())
        with _disk():
            self._file.flush()
            os.fsync(self._file.fileno())
            self._file.close()
            self._path.rename(self._folder / fingerprint)
        return fingerprint

    def discard(self) -> None:
        """Drop what was written; nothing after a commit."""
        self._file.close()
        self._path.unlink(missing_ok=True)

    def __enter__(self) -> Self:
        """Write within a block; what is not committed at its end is dropped."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Drop what was not committed."""
        if not self._file.closed:
            self.discard()


class Blobs:
    """The store of one house."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)

    def clear_unfinished(self) -> None:
        """Drop temporary files that a death left behind; only before anything is written."""
        for path in self._folder.glob(f"{_TEMPORARY}*"):
            path.unlink(missing_ok=True)

    def writer(self) -> BlobWriter:
        """Begin a new blob."""
        return BlobWriter(self._folder)

    def put_file(self, source: Path, sha256: Fingerprint) -> None:
        """Store an unpacked file whose digest is known; one that is there already is kept."""
        target = self._folder / sha256
        if target.exists():
            return
        with self.writer() as writer, _disk(), source.open("rb") as file:
            shutil.copyfileobj(file, _Sink(writer), 1024 * 1024)
            if writer.commit() != sha256:
                raise ValueError(f"{source.name} is not what its digest says")

    def sync(self) -> None:
        """Make the names of all committed blobs durable."""
        with _disk():
            descriptor = os.open(self._folder, os.O_RDONLY | os.O_DIRECTORY)
            try:
                os.fsync(descriptor)
            finally:
                os.close(descriptor)

    def path(self, fingerprint: str) -> Path:
        """Name the file of a blob."""
        return self._folder / fingerprint

    def erase(self, fingerprint: str) -> None:
        """Remove a blob for good (Điều 5.1); nothing if it is gone already."""
        path = self._folder / fingerprint
        if path.exists():
            with _disk():
                path.unlink(missing_ok=True)
            self.sync()

    def sweep(self, is_known: Callable[[Fingerprint], bool], now: datetime) -> int:
        """Remove blobs that no row speaks of and that are older than a day; returns how many."""
        before = (now - _ORPHAN_AGE).timestamp()
        orphans = [
            path
            for path in self._folder.iterdir()
            if path.stat().st_mtime < before and not is_known(Fingerprint(path.name))
        ]
        for path in orphans:
            path.unlink(missing_ok=True)
        return len(orphans)


class _Sink:
    def __init__(self, writer: BlobWriter) -> None:
        self._writer = writer

    def write(self, chunk: bytes) -> int:
        self._writer.write(chunk)
        return len(chunk)


@contextmanager
def _disk() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        if error.errno in {errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO, errno.EROFS}:
            raise TryLaterError(f"the blob store cannot be written: {error.strerror}") from error
        raise
