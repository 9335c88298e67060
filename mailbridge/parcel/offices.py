"""Office files in OLE storage: encrypted ones are opened by msoffcrypto, plain ones left as are."""

import io
from functools import partial
from itertools import islice
from typing import Any, BinaryIO

from mailbridge.model.errors import Reason, RefusedError
from mailbridge.model.parcel import File, LockForm, LockWhy
from mailbridge.parcel import decoding
from mailbridge.parcel.container import Container, Member, foreign
from mailbridge.parcel.unpacking import Place, Unpacking

# A password is hashed up to ten million times, as the file asks.
WORDS = 4
# Excel and PowerPoint open files under these words without asking ([MS-OFFCRYPTO] 2.4.2.3):
# what they hide is hidden from checkers alone.
_BUILT_IN = ("VelvetSweatshop", "/01Hannes Ruescher/01")
# Decryption happens in memory, and its output is as large as its input.
_SIZE = 64 * 1024 * 1024


# The hash of a password may be asked for ten million times: a minute of work for one try. Office
# itself asks for a hundred thousand.
_SPINS = 500_000
_RIGHTS = "\x09DRMContent"


def open_office(work: Unpacking, file: File, place: Place) -> None:
    """Open an encrypted Office file; the decrypted one is listed beneath it."""
    if file.size > _SIZE:
        raise RefusedError(Reason.TOO_LARGE, "an Office file beyond the limit")
    with (work.scratch / file.stored).open("rb") as stream:
        try:
            office = _encrypted(stream)
        except RefusedError:
            work.remark(file.path, "tệp Office không đúng chuẩn")
            return
        if office is None:
            return
        plain, why = _unlocked(office, work.keyring.passwords_for(file.name))
    lock = work.lock(LockForm.OFFICE, place, why)
    if plain is not None:
        member = Member(file.name, None, file.size)
        content = partial(decoding.stored, plain, 0, len(plain))
        Container(work, file, place).take(member, content, lock)


_UNKNOWN = object()


def _encrypted(stream: BinaryIO) -> Any:
    """Give the library's view of an encrypted file; None for a plain one or another OLE storage.

    Raises RefusedError where it is built as no Office program builds one.
    """
    import msoffcrypto
    import olefile
    from msoffcrypto.exceptions import FileFormatError

    with foreign("an Office file"):
        storage = olefile.OleFileIO(stream)
        # Rights management: the keys are with a server of the sender.
        if storage.exists(_RIGHTS):
            return _UNKNOWN
        try:
            office = msoffcrypto.OfficeFile(stream)
        except FileFormatError:
            return None
        if not office.is_encrypted():
            return None
        return _UNKNOWN if _is_unsupported(office) else office


def _is_unsupported(office: Any) -> bool:
    """Tell whether the library has no way to open it, or none that ends in time."""
    if office.format == "doc97":
        # [MS-DOC] 2.2.6.1: Word's XOR obfuscation.
        return bool(office.info.fib.base.fObfuscation)
    info = getattr(office, "info", None)
    return isinstance(info, dict) and info.get("spinValue", 0) > _SPINS


def _unlocked(office: Any, words: tuple[str, ...]) -> tuple[bytes | None, LockWhy | None]:
    """Try the passwords; gives the decrypted file, or why it stays closed."""
    if office is _UNKNOWN:
        return None, LockWhy.UNSUPPORTED
    why = LockWhy.NEEDS_WORD
    for word in (*islice(dict.fromkeys(words), WORDS), *_BUILT_IN):
        try:
            return _decrypted(office, word), None
        except _WrongWordError:
            why = LockWhy.WRONG_WORD if words else LockWhy.NEEDS_WORD
        except RefusedError as refusal:
            is_kept = refusal.reason is not Reason.UNSUPPORTED
            return None, LockWhy.DAMAGED if is_kept else LockWhy.UNSUPPORTED
    return None, why


class _WrongWordError(Exception):
    """The password does not fit."""


def _decrypted(office: Any, word: str) -> bytes:
    from msoffcrypto.exceptions import DecryptionError, InvalidKeyError

    is_new = office.format == "ooxml"
    out, is_proven = io.BytesIO(), False
    try:
        with foreign("an Office lock"):
            office.load_key(password=word, **({"verify_password": True} if is_new else {}))
            is_proven = True
            is_sealed = is_new and office.type == "agile"
            office.decrypt(out, **({"verify_integrity": True} if is_sealed else {}))
    except RefusedError as refusal:
        cause = refusal.__cause__
        if isinstance(cause, InvalidKeyError) and not is_proven:
            raise _WrongWordError from refusal
        if isinstance(cause, DecryptionError) and not isinstance(cause, InvalidKeyError):
            raise RefusedError(Reason.UNSUPPORTED, "a cipher of Office") from refusal
        raise
    return out.getvalue()
