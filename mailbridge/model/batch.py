"""The name of a mail that holds several letters: made of theirs, hence the same for a retry."""

import hashlib
from base64 import b32encode
from collections.abc import Iterable

# Before the name of a mail of several letters; that of one is `mb.`.
SEVERAL = "mbs."


def batch_id(ids: Iterable[str]) -> str:
    """Name a mail that holds several letters; other company makes another name.

    The ids are unguessable, hence so is their digest.
    """
    named = tuple(ids)
    if len(named) == 1:
        return named[0]
    digest = hashlib.sha256("\n".join(named).encode()).digest()
    return f"{SEVERAL}{b32encode(digest).decode().rstrip('=').lower()}"
