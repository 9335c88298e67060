"""What we can open with: a folder of keys, and the passwords that came with the request."""

from dataclasses import dataclass, field
from pathlib import Path

ANYTHING = "*"


@dataclass(frozen=True, slots=True)
class Keyring:
    """Certificates in the trust folder, keys of ours, and passwords by file name."""

    folder: Path | None = None
    passwords: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    # Folder of our private keys, where it is not `keys/` of the trust folder.
    own: Path | None = None

    @property
    def keys(self) -> Path | None:
        """The folder of our private keys."""
        return self.own or (self.folder / "keys" if self.folder else None)

    def passwords_for(self, name: str) -> tuple[str, ...]:
        """List the passwords to try on a file: those named for it first, then those for all."""
        named = [word for file, word in self.passwords if file == name]
        return (*named, *(word for file, word in self.passwords if file == ANYTHING))
