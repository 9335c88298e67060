"""The octets of one mail on their way into the blob store, within limits."""

import threading
from contextlib import suppress

from mailbridge.model.errors import TryLaterError
from mailbridge.model.slot import Fingerprint
from mailbridge.registry.blobs import Blobs, BlobWriter

# A header of megabytes: of its words we read the first ones only.
HEAD_SIZE = 64 * 1024


class Inflow:
    """Never raises as it writes: DATA has one answer, and that comes behind it.

    A connection that is cut is forgotten while a thread may still write: each waits for the other.
    """

    def __init__(self, blobs: Blobs, limit: int) -> None:
        self._blobs = blobs
        self._limit = limit
        self._writer: BlobWriter | None = None
        self._turn = threading.Lock()
        self._is_dropped = False
        self.size = 0
        # The beginning of the mail: its header, or as much of it as is read.
        self.head = b""
        self.fault: TryLaterError | None = None

    @property
    def is_too_large(self) -> bool:
        """Tell whether more came than may come."""
        return self.size > self._limit

    @property
    def fingerprint(self) -> Fingerprint:
        """SHA-256 of what came; raises TryLaterError where nothing could be kept."""
        with self._turn:
            return self._open().fingerprint

    def commit(self) -> Fingerprint:
        """Make the octets durable under their digest; raises TryLaterError."""
        with self._turn:
            return self._open().commit()

    def write(self, octets: bytes) -> None:
        """Append octets; those of a mail that is refused anyhow are dropped as they come."""
        self.size += len(octets)
        self.head += octets[: max(0, HEAD_SIZE - len(self.head))]
        if self.is_too_large:
            self.discard()
            return
        try:
            with self._turn:
                self._open().write(octets)
        except TryLaterError as error:
            self.fault = error
            self.discard()

    def discard(self) -> None:
        """Keep nothing of it; nothing after a commit."""
        with self._turn:
            self._is_dropped = True
            if self._writer is not None:
                with suppress(OSError):
                    self._writer.discard()

    def _open(self) -> BlobWriter:
        if self.fault is not None:
            raise self.fault
        if self._is_dropped:
            raise TryLaterError("the connection was cut")
        if self._writer is None:
            self._writer = self._blobs.writer()
        return self._writer
