"""The secret that this house makes for itself at its first start."""

import os
import secrets
from pathlib import Path

# RFC 2104 §3: a key of at least the digest's length.
SECRET_SIZE = 32


def own_secret(path: Path) -> bytes:
    """Read the secret that makes Message-IDs unguessable; the first start makes it, mode 0600."""
    if not path.exists():
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(secrets.token_bytes(SECRET_SIZE))
            file.flush()
            os.fsync(file.fileno())
    return path.read_bytes()
