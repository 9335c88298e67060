"""Answers that were got before: all of late in memory, revocation on disk too.

A list that cannot be fetched anew is given as it is, overdue: its own next update tells the judge
how old it is, and an old list that names a certificate is worth more than none.
"""

import hashlib
import threading
from collections import OrderedDict
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from mailbridge.model import codec
from mailbridge.model.examination import Got, Want

# Bounds of what a flood of mails with ever new names can have us keep.
_ENTRIES = 256
_MEMORY = 16 * 1024 * 1024
_FILES = 500


@dataclass(frozen=True, slots=True)
class Kept:
    """An answer with the moment until which it is taken for fresh."""

    got: Got
    until: datetime

    @property
    def size(self) -> int:
        """Letters of its values."""
        return sum(map(len, self.got.values))


@dataclass(slots=True)
class Cache:
    """Used by every examining thread; `folder` None keeps nothing on disk."""

    folder: Path | None = None
    _recent: "OrderedDict[Want, Kept]" = field(default_factory=OrderedDict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def find(self, want: Want) -> Kept | None:
        """Look an answer up, fresh or not."""
        with self._lock:
            if want in self._recent:
                self._recent.move_to_end(want)
                return self._recent[want]
        return self._read(want)

    def keep(self, kept: Kept, *, on_disk: bool = False) -> None:
        """Keep an answer in place of the one before."""
        with self._lock:
            self._recent[kept.got.want] = kept
            self._recent.move_to_end(kept.got.want)
            size = sum(each.size for each in self._recent.values())
            while len(self._recent) > _ENTRIES or size > _MEMORY:
                size -= self._recent.popitem(last=False)[1].size
        if on_disk:
            self._write(kept)

    def fresh(self, now: datetime, size: int) -> tuple[Got, ...]:
        """List the answers in use of late that are fresh, up to that many letters."""
        found = []
        with self._lock:
            recent = list(reversed(self._recent.values()))
        for kept in recent:
            if kept.until > now and not kept.got.failed and kept.size <= size:
                found.append(kept.got)
                size -= kept.size
        return tuple(found)

    def _path(self, want: Want) -> Path | None:
        name = hashlib.sha256(f"{want.kind}\n{want.name}\n{want.body}".encode()).hexdigest()
        return None if self.folder is None else self.folder / f"{name}.json"

    def _read(self, want: Want) -> Kept | None:
        path = self._path(want)
        try:
            kept = codec.decode(Kept, path.read_bytes()) if path else None
        except (OSError, ValueError):
            return None
        if kept is None or kept.got.want != want:
            return None
        self.keep(kept)
        return kept

    def _write(self, kept: Kept) -> None:
        path = self._path(kept.got.want)
        if path is None:
            return
        # A cache that cannot be written costs the next start a question, and no mail.
        with suppress(OSError):
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            written = path.with_suffix(f".{threading.get_ident()}")
            written.write_bytes(codec.encode(Kept, kept))
            written.replace(path)
            self._prune(path.parent)

    def _prune(self, folder: Path) -> None:
        files = list(folder.iterdir())
        if len(files) > _FILES:
            oldest = sorted(files, key=lambda path: path.stat().st_mtime)
            for path in oldest[: _FILES // 2]:
                path.unlink(missing_ok=True)
