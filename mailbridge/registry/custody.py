"""The folder of impounded mails: each locked for the cơ yếu officer, whom alone it concerns."""

import os
import re
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from mailbridge.model.errors import Reason, RefusedError, TryLaterError

_NAME = re.compile(r"[0-9a-f]{64}")
_TEMPORARY = ".locking-"


@dataclass(frozen=True, slots=True)
class Custody:
    """Where locked mails lie, for whom they are locked, and who may ask for them.

    `certificate` is DER; None keeps nothing. `officer` is an address, `account` a user of this
    machine.
    """

    folder: Path
    certificate: bytes | None = None
    officer: str | None = None
    account: str | None = None

    def path(self, digest: str) -> Path:
        """Name the file of a locked mail; raises RefusedError for what is no digest."""
        if not _NAME.fullmatch(digest):
            raise RefusedError(Reason.TRAVERSAL, "an impounded mail is named by its SHA-256 alone")
        return self.folder / f"{digest}.p7m"

    def put(self, digest: str, locked: bytes) -> None:
        """Write the locked form durably, name and octets; raises TryLaterError."""
        path = self.path(digest)
        try:
            self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            descriptor, name = tempfile.mkstemp(prefix=_TEMPORARY, dir=self.folder)
            with os.fdopen(descriptor, "wb") as file:
                file.write(locked)
                file.flush()
                os.fsync(file.fileno())
            Path(name).rename(path)
            self._sync()
        except OSError as error:
            raise TryLaterError(f"the impounded folder cannot be used: {error.strerror}") from error

    def has(self, digest: str) -> bool:
        """Tell whether the locked form is here."""
        return self.path(digest).exists()

    def erase(self, digest: str) -> None:
        """Unlink the locked form and make that durable; raises TryLaterError.

        Nothing is written over it: a journaling or copy-on-write file system, or an SSD, would
        write elsewhere. What may be left on the disk is locked for the officer's key alone.
        """
        try:
            self.path(digest).unlink(missing_ok=True)
            if self.folder.exists():
                self._sync()
        except OSError as error:
            raise TryLaterError(f"the impounded folder cannot be used: {error.strerror}") from error

    def clear_unfinished(self) -> None:
        """Drop what a death left half written; only before anything is written."""
        for path in self.folder.glob(f"{_TEMPORARY}*"):
            path.unlink(missing_ok=True)

    def digests(self) -> tuple[str, ...]:
        """List what lies here."""
        with suppress(FileNotFoundError):
            names = sorted(path.stem for path in self.folder.glob("*.p7m"))
            return tuple(name for name in names if _NAME.fullmatch(name))
        return ()

    def _sync(self) -> None:
        descriptor = os.open(self.folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
