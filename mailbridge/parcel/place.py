"""Where something stands in a mail, what it lies in, and what an unpacking works with."""

from dataclasses import dataclass, field, replace
from pathlib import Path

from mailbridge.mime.parse import Octets
from mailbridge.model.limits import Limits
from mailbridge.model.slot import Fingerprint
from mailbridge.parcel.keyring import Keyring


@dataclass(frozen=True, slots=True)
class Written:
    """A file of the scratch folder under a name of ours."""

    stored: str
    size: int
    sha256: Fingerprint
    head: bytes


@dataclass(frozen=True, slots=True)
class Raw:
    """Octets with the file in which they lie, so that a seal can name its exact range there."""

    octets: Octets
    file: Path


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands in a mail, and under what.

    `path` counts from "1"; empty is the mail itself. `whole`: its reader sees nothing beside it.
    """

    path: str = ""
    whole: bool = False
    # Within a file: what is sealed here is that file, and not the mail as its reader sees it.
    on_file: bool = False
    # Indexes of the locks that were opened on the way.
    unlocked_by: tuple[int, ...] = ()
    # Containers that were opened on the way.
    depth: int = 0
    # Right behind a seal or lock: what stands here may repeat the header of the mail.
    payload: bool = False

    def inside(self, number: int) -> "Place":
        """Give the place of the nth member of the container that stands here."""
        path = f"{self.path}.{number}" if self.path else str(number)
        return replace(
            self, path=path, whole=False, on_file=True, depth=self.depth + 1, payload=False
        )

    def behind(self, lock: int) -> "Place":
        """Give the same place behind a lock that was opened."""
        return replace(self, unlocked_by=(*self.unlocked_by, lock), payload=True)


@dataclass(frozen=True, slots=True)
class Means:
    """What an unpacking works with: the octets' file, a scratch folder, limits and keys of ours."""

    source: Path
    scratch: Path
    limits: Limits
    keyring: Keyring = field(default_factory=Keyring)
    # What a detached signature signs, where the caller names it.
    content: Path | None = None
    # 3DES is opened only where the settings say so (RFC 8551 §2.7).
    allow_3des: bool = False
