"""PDF files: whether they may be sealed, and the lock that they are under."""

import mmap
import re
from dataclasses import replace

from mailbridge.model.parcel import File, LockForm, LockWhy, SealClaim, SealForm
from mailbridge.parcel import pdf_locks
from mailbridge.parcel.pdf_locks import Tried
from mailbridge.parcel.unpacking import Place, Unpacking


def _named(*names: str) -> re.Pattern[bytes]:
    """Match a PDF name however its letters are escaped (ISO 32000-2 §7.3.5)."""
    letters = ("".join(f"(?:{c}|#(?i:{ord(c):02x}))" for c in name) for name in names)
    return re.compile(("/(?:" + "|".join(letters) + ")").encode())


# A signature is always said in plain octets, but its field may stand in an object stream.
_SIGNS = _named("ByteRange", "Sig", "DocTimeStamp", "AcroForm", "ObjStm", "SubFilter")
_LOCKS = _named("Encrypt")


def open_pdf(work: Unpacking, file: File, place: Place) -> None:
    """Open the lock of a PDF (ISO 32000-2 §7.6), and claim what seals it may bear (§12.8)."""
    path = work.scratch / file.stored
    with path.open("rb") as opened, mmap.mmap(opened.fileno(), 0, access=mmap.ACCESS_READ) as all_:
        may_be_signed, may_be_locked = bool(_SIGNS.search(all_)), bool(_LOCKS.search(all_))
    tried = pdf_locks.tried(path, _words(work, file)) if may_be_locked else Tried()
    place = _noted(work, file, place, tried) if tried.is_locked else place
    if not may_be_signed:
        return
    work.claims.append(
        SealClaim(
            SealForm.PADES,
            file.path,
            signed=file.stored,
            end=file.size,
            covers=(file.path,),
            on_file=True,
            unlocked_by=place.unlocked_by,
            password=tried.word,
        )
    )


def _words(work: Unpacking, file: File) -> tuple[str, ...]:
    """List the passwords to try; the user password is often empty (ISO 32000-2 §7.6.4.1)."""
    keyring = work.keyring
    named = (*keyring.passwords_for(file.name_sent), *keyring.passwords_for(file.name))
    return tuple(dict.fromkeys(("", *named)))


def _noted(work: Unpacking, file: File, place: Place, tried: Tried) -> Place:
    """List the lock; an opened file is laid down once more as whoever has no password reads it."""
    at = next(i for i, each in enumerate(work.files) if each.path == file.path)
    plain, why = "", tried.why
    if why is None and tried.word:
        # What cannot be written anew cannot be read, and marks of secrecy in it not be found.
        octets = pdf_locks.plain(work.scratch / file.stored, tried.word)
        plain = work.write([octets]).stored if octets else ""
        why = None if octets else LockWhy.UNSUPPORTED
    index = work.lock(LockForm.PDF, place, why, tried.cipher)
    if why is not None:
        return place
    behind = place.behind(index)
    work.files[at] = replace(work.files[at], plain=plain, unlocked_by=behind.unlocked_by)
    return behind
