"""The lock of a PDF (ISO 32000-2 §7.6): how it was locked, and which password opens it."""

import io
import logging
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from mailbridge.model.limits import MIB
from mailbridge.model.parcel import LockWhy

# Writing a PDF anew costs several times its size in memory.
_PLAIN_SIZE = 24 * MIB
# Each password is hashed some dozen times at least (ISO 32000-2 §7.6.4.3.4).
_WORDS = 16
_STANDARD = "/Standard"


@dataclass(frozen=True, slots=True)
class Tried:
    """What became of a lock: `word` opened it, or `why` it stayed closed."""

    is_locked: bool = False
    word: str | None = field(default=None, repr=False)
    why: LockWhy | None = None
    cipher: str = ""


def tried(path: Path, words: tuple[str, ...]) -> Tried:
    """Try the passwords on a PDF; a lock that cannot be understood is a closed one."""
    try:
        with path.open("rb") as file:
            return _tried(file, words)
    except _hostile():
        return Tried(is_locked=True, why=LockWhy.DAMAGED)


def _tried(file: Any, words: tuple[str, ...]) -> Tried:
    from pyhanko.pdf_utils.crypt import StandardSecurityHandler

    reader = _reader(file)
    locked = reader.encrypt_dict
    if locked is None:
        return Tried()
    kind = str(locked["/Filter"])
    if not isinstance(reader.security_handler, StandardSecurityHandler):
        # Locked for the keys of its recipients (ISO 32000-2 §7.6.5).
        is_known = kind != _STANDARD and "/Recipients" in str(locked)
        why = LockWhy.NO_KEY if is_known else LockWhy.UNSUPPORTED
        return Tried(is_locked=True, why=why)
    cipher = _cipher(reader.security_handler)
    for word in words[:_WORDS]:
        against = _opens(file, word)
        if against is not LockWhy.WRONG_WORD:
            opened = word if against is None else None
            return Tried(is_locked=True, word=opened, why=against, cipher=cipher)
    why = LockWhy.WRONG_WORD if any(words) else LockWhy.NEEDS_WORD
    return Tried(is_locked=True, why=why, cipher=cipher)


def _opens(file: Any, word: str) -> LockWhy | None:
    """Try one password; None when it opens, and the file was not changed since (ISO/TS 32004)."""
    from pyhanko.pdf_utils.crypt import AuthStatus
    from pyhanko.pdf_utils.crypt.api import PdfMacStatus

    result = _decrypted(_reader(file), word)
    if result.mac_status is PdfMacStatus.FAILED:
        return LockWhy.DAMAGED
    return LockWhy.WRONG_WORD if result.status is AuthStatus.FAILED else None


def _decrypted(reader: Any, word: str) -> Any:
    try:
        return reader.decrypt(word)
    except UnicodeEncodeError:
        # The old handlers know no Vietnamese letters (ISO 32000-2 §7.6.4.3.2); writers take UTF-8.
        return reader.decrypt(word.encode())


def plain(path: Path, word: str) -> bytes:
    """Write an opened PDF anew without its lock; empty where that cannot be done."""
    from pyhanko.pdf_utils.writer import copy_into_new_writer

    if path.stat().st_size > _PLAIN_SIZE:
        return b""
    written = io.BytesIO()
    copy: Any = copy_into_new_writer
    try:
        with path.open("rb") as file:
            reader = _reader(file)
            _decrypted(reader, word)
            copy(reader).write(written)
    except _hostile():
        return b""
    return written.getvalue()


def _reader(file: Any) -> Any:
    from pyhanko.pdf_utils.reader import PdfFileReader

    # Malformed locks are named by their outcome; the library would print them.
    logging.getLogger("pyhanko").setLevel(logging.CRITICAL)
    return PdfFileReader(file, strict=False)


def _cipher(handler: Any) -> str:
    """Name the cipher of the streams as the evidence shows it, such as "aes256"."""
    chosen = handler.get_stream_filter()
    name = type(chosen).__name__.lower()
    kind = next((each for each in ("aesgcm", "aes", "rc4") if each in name), "")
    return f"{kind}{chosen.keylen * 8}" if kind else ""


def _hostile() -> tuple[type[Exception], ...]:
    """List what the library raises on a PDF that breaks its own rules, or the limits."""
    from pyhanko.pdf_utils.misc import PdfError

    return (
        PdfError,
        OSError,
        ValueError,
        TypeError,
        LookupError,
        AttributeError,
        ArithmeticError,
        AssertionError,
        RecursionError,
        NotImplementedError,
        EOFError,
        MemoryError,
    )
