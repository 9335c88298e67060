"""Members that were compressed as one stream: each is decoded where the one before it ended."""

import zlib
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any, BinaryIO

from mailbridge.model.errors import Reason, RefusedError
from mailbridge.parcel.decoding import PIECE

# What a refused member would have held is decoded for those behind it, yet not without end.
_SKIPPED = 48 * 1024 * 1024


@dataclass(slots=True)
class Folder:
    """One such stream of a 7z, from `at` in the file; `decoder` is the library's."""

    file: BinaryIO
    decoder: Any
    at: int
    guard: Callable[[], AbstractContextManager[None]]
    _done: int = 0

    def pieces(self, start: int, size: int, crc: int | None) -> Iterator[bytes]:
        """Give the member of that size that begins so many octets into the stream."""
        if start - self._done > _SKIPPED:
            raise RefusedError(Reason.BOMB, "a member behind a bomb")
        while self._done < start:
            self._next(start - self._done)
        found = 0
        while self._done < start + size:
            piece = self._next(start + size - self._done)
            found = zlib.crc32(piece, found)
            yield piece
        if crc is not None and found != crc:
            raise RefusedError(Reason.MALFORMED, "a wrong CRC")

    def _next(self, wanted: int) -> bytes:
        with self.guard():
            self.file.seek(self.at)
            piece = b""
            while not piece:
                piece = bytes(self.decoder.decompress(self.file, min(wanted, PIECE)))
                reached = self.file.tell()
                if not piece and reached == self.at:
                    raise RefusedError(Reason.MALFORMED, "a stream that is cut")
                self.at = reached
        self._done += len(piece)
        return piece
