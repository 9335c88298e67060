"""Blobs: content-addressed files, durable before any row speaks of them.

All lie in one folder: one fsync of it makes the names of a mail and of its files durable together.
A mail with one attachment costs five: mail, file, folder, and the two commits.
"""

import errno
import hashlib
import os
import re
import stat
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self

from mailbridge.model.errors import Reason, RefusedError, TryLaterError
from mailbridge.model.slot import Fingerprint

# An orphan younger than this may belong to a mail whose row is about to be written.
_ORPHAN_AGE = timedelta(days=1)
# Blobs older than this were looked at before, hour after hour: a sweep costs what a week brought,
# and not what all the years did.
_LOOKED_AT = timedelta(days=7)
_TEMPORARY = ".incoming-"
_CHUNK = 1024 * 1024
_NAME = re.compile(r"[0-9a-f]{64}")


class BlobWriter:
    """Octets on their way into the store; a temporary file until `commit`."""

    def __init__(self, folder: Path, named: Callable[[], None]) -> None:
        self._folder = folder
        self._named = named
        with _disk():
            self._file, name = tempfile.mkstemp(prefix=_TEMPORARY, dir=folder)
        self._path = Path(name)
        self._is_open = True
        self._digest = hashlib.sha256()
        self.size = 0

    def write(self, chunk: bytes) -> None:
        """Append octets; raises TryLaterError when the disk is full."""
        rest = memoryview(chunk)
        with _disk():
            # A disk that fills up takes a part first, and refuses the next.
            while rest:
                rest = rest[os.write(self._file, rest) :]
        self._digest.update(chunk)
        self.size += len(chunk)

    @property
    def fingerprint(self) -> Fingerprint:
        """SHA-256 of what was written so far."""
        return Fingerprint(self._digest.hexdigest())

    def commit(self) -> Fingerprint:
        """Make the octets durable under their digest; the name is durable after `Blobs.sync`."""
        with _disk():
            os.fsync(self._file)
            self._path.rename(self._folder / self.fingerprint)
        self._named()
        self._close()
        return self.fingerprint

    def discard(self) -> None:
        """Drop what was written; nothing after a commit."""
        if self._is_open:
            self._close()
            self._path.unlink(missing_ok=True)

    def _close(self) -> None:
        self._is_open = False
        # Nothing is buffered: what close(2) could still report was reported by fsync(2).
        with suppress(OSError):
            os.close(self._file)

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
        self.discard()


class Blobs:
    """The store of one house."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lock = threading.Lock()
        # A name of an earlier life may not be durable yet.
        self._is_dirty = True
        with _disk():
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)

    def clear_unfinished(self) -> None:
        """Drop temporary files that a death left behind; only before anything is written."""
        for path in self._folder.glob(f"{_TEMPORARY}*"):
            path.unlink(missing_ok=True)

    def writer(self) -> BlobWriter:
        """Begin a new blob."""
        return BlobWriter(self._folder, self._note_name)

    def put_file(self, source: Path, sha256: Fingerprint) -> None:
        """Copy an unpacked file whose digest is known; one that is there already is kept.

        A copy and never a link: whoever unpacked it may still hold the file open. Raises
        RefusedError for what is no plain file of that digest.
        """
        if self._is_kept(sha256):
            return
        with _plain(source) as file, self.writer() as writer:
            while chunk := file.read(_CHUNK):
                writer.write(chunk)
            if writer.fingerprint != sha256:
                raise RefusedError(Reason.INTERNAL, f"{source.name} is not what its digest says")
            writer.commit()

    def sync(self) -> None:
        """Make the names of all committed blobs durable; nothing where they are."""
        # Who comes while another syncs waits for it: its own name may be under way there.
        with self._lock, _disk():
            if not self._is_dirty:
                return
            descriptor = os.open(self._folder, os.O_RDONLY | os.O_DIRECTORY)
            try:
                self._is_dirty = False
                os.fsync(descriptor)
            except OSError:
                self._is_dirty = True
                raise
            finally:
                os.close(descriptor)

    def path(self, fingerprint: str) -> Path:
        """Name the file of a blob; raises RefusedError for what is no digest."""
        if not _NAME.fullmatch(fingerprint):
            raise RefusedError(Reason.TRAVERSAL, "a blob is named by its SHA-256 alone")
        return self._folder / fingerprint

    def erase(self, fingerprint: str) -> None:
        """Remove a blob for good (Điều 5.1); nothing if it is gone already."""
        path = self.path(fingerprint)
        if path.exists():
            with _disk():
                path.unlink(missing_ok=True)
            self._note_name()
            self.sync()

    def sweep(self, is_known: Callable[[Fingerprint], bool], now: datetime) -> int:
        """Remove blobs that no row speaks of, a day to a week old; returns how many."""
        newest = (now - _ORPHAN_AGE).timestamp()
        oldest = (now - _LOOKED_AT).timestamp()
        removed = 0
        with _disk(), os.scandir(self._folder) as found:
            for entry in found:
                in_window = oldest < entry.stat().st_mtime < newest
                if not in_window or not _NAME.fullmatch(entry.name):
                    continue
                if not is_known(Fingerprint(entry.name)):
                    removed += self._remove_old(Path(entry.path), newest)
        return removed

    def _remove_old(self, path: Path, newest: float) -> bool:
        with self._lock:
            # Looked at again under the lock: `put_file` may just have made it young.
            if path.stat().st_mtime >= newest:
                return False
            path.unlink()
            return True

    def _is_kept(self, sha256: Fingerprint) -> bool:
        """Tell whether the blob is there, and make it young, so that no sweep takes it."""
        with self._lock:
            try:
                os.utime(self.path(sha256))
            except FileNotFoundError:
                return False
            return True

    def _note_name(self) -> None:
        with self._lock:
            self._is_dirty = True


@contextmanager
def _plain(source: Path) -> Iterator[BinaryIO]:
    """Open a file that hostile octets made: no link is followed, no pipe is waited for."""
    try:
        descriptor = os.open(source, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError as error:
        reason = Reason.LINK if error.errno == errno.ELOOP else Reason.INTERNAL
        raise RefusedError(reason, f"{source.name} cannot be opened: {error.strerror}") from error
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise RefusedError(Reason.DEVICE, f"{source.name} is no plain file")
    with os.fdopen(descriptor, "rb", buffering=0) as file:
        yield file


@contextmanager
def _disk() -> Iterator[None]:
    """Say of a disk that is full, gone or closed to us: later, when a person has mended it."""
    try:
        yield
    except OSError as error:
        raise TryLaterError(f"the blob store cannot be used: {error.strerror}") from error
