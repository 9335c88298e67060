"""One unpacking: the scratch folder, what was written there, and how much it may become."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from mailbridge.model.errors import Reason, RefusedError
from mailbridge.model.limits import Limits
from mailbridge.model.parcel import File, Lock, SealClaim, Text
from mailbridge.model.slot import Fingerprint

HEAD = 8192


@dataclass(frozen=True, slots=True)
class Written:
    """A file of the scratch folder under a name of ours."""

    stored: str
    size: int
    sha256: Fingerprint
    head: bytes


@dataclass(slots=True)
class Unpacking:
    """What one mail yields, gathered part by part."""

    source: Path
    scratch: Path
    limits: Limits
    files: list[File] = field(default_factory=list)
    texts: list[Text] = field(default_factory=list)
    claims: list[SealClaim] = field(default_factory=list)
    locks: list[Lock] = field(default_factory=list)
    unsupported: list[tuple[str, str]] = field(default_factory=list)
    problems: dict[str, None] = field(default_factory=dict)
    layers: int = 0
    _octets: int = 0
    _names: int = 0

    def write(self, chunks: Iterable[bytes]) -> Written:
        """Write octets to a new scratch file; raises RefusedError past the common limit."""
        self._names += 1
        stored = f"f{self._names}"
        digest = hashlib.sha256()
        size, head = 0, b""
        with (self.scratch / stored).open("xb") as file:
            for chunk in chunks:
                self._octets += len(chunk)
                if self._octets > self.limits.unpacked_size:
                    raise RefusedError(Reason.BOMB, "unpacks to more than the limit")
                file.write(chunk)
                digest.update(chunk)
                size += len(chunk)
                if len(head) < HEAD:
                    head = (head + chunk)[:HEAD]
        return Written(stored, size, Fingerprint(digest.hexdigest()), head)

    def note(self, problem: str) -> None:
        """Note once that something was odd."""
        self.problems.setdefault(problem)

    def deepen(self) -> None:
        """Count one more layer of seals."""
        self.layers += 1
        if self.layers > self.limits.seal_layers:
            raise RefusedError(Reason.TOO_DEEP, "too many layers of seals")
