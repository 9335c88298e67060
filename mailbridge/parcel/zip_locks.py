"""Encrypted entries of a ZIP: WinZip's AES and the old ZipCrypto, opened by pyzipper.

The library never sees the hostile directory: it is given a ZIP of one entry, of our own making,
with the encrypted octets and nothing else of the archive.
"""

import io
import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice

from mailbridge.mime.parse import Octets
from mailbridge.model.errors import Reason, RefusedError
from mailbridge.model.parcel import LockForm, LockWhy
from mailbridge.parcel import decoding
from mailbridge.parcel.container import Container, Member, foreign
from mailbridge.parcel.unpacking import Written
from mailbridge.parcel.zip_entry import AES_METHOD, Entry

# Each password costs a derivation of keys, and perhaps a whole decryption.
WORDS = 8
# The old cipher is computed in Python, octet by octet: more would outlast the child.
_OLD_CIPHER_SIZE = 16 * 1024 * 1024
_NAME = b"m"
_SUPPORTED = {0, 8, 12, 14}


class _WrongWordError(Exception):
    """The password does not fit."""


@dataclass(slots=True)
class ZipLocks:
    """The locks of one ZIP: one is listed for each cipher and outcome, not one for each entry."""

    box: Container
    octets: Octets
    _listed: dict[tuple[LockWhy | None, str], int] = field(default_factory=dict)

    def open(self, entry: Entry, member: Member, span: tuple[int, int]) -> None:
        """Open an encrypted entry with one of the passwords, or list it as encrypted."""
        why, written = self._opened(entry, member, span)
        lock = self._lock(why, _cipher(entry))
        if written is None:
            self.box.refuse(member, Reason.ENCRYPTED)
            return
        path = self.box.work.scratch / written.stored
        self.box.take(member, lambda: _content(path.read_bytes()), lock)
        path.unlink()

    def _lock(self, why: LockWhy | None, cipher: str) -> int:
        if (why, cipher) not in self._listed:
            made = self.box.work.lock(LockForm.ZIP, self.box.place, why, cipher)
            self._listed[why, cipher] = made
        return self._listed[why, cipher]

    def _opened(
        self, entry: Entry, member: Member, span: tuple[int, int]
    ) -> tuple[LockWhy | None, Written | None]:
        is_slow = entry.aes is None and entry.packed > _OLD_CIPHER_SIZE
        if entry.is_strong or entry.method not in _SUPPORTED or is_slow:
            return LockWhy.UNSUPPORTED, None
        why = LockWhy.NEEDS_WORD
        words = self.box.work.keyring.passwords_for(self.box.file.name)
        for word in islice(dict.fromkeys(words), WORDS):
            try:
                chunks = _decrypted(self.octets, entry, span, word.encode())
                return None, self.box.work.write(self.box.bounded(member, chunks))
            except _WrongWordError:
                why = LockWhy.WRONG_WORD
            except RefusedError as refusal:
                if refusal.reason is not Reason.MALFORMED:
                    raise
                # The old cipher lets one wrong password in 256 pass until the CRC is compared.
                why = LockWhy.DAMAGED if entry.aes else LockWhy.WRONG_WORD
        return why, None


def _cipher(entry: Entry) -> str:
    if entry.is_strong:
        return "pkware"
    bits = {1: 128, 2: 192, 3: 256}.get(entry.aes[1], 0) if entry.aes else 0
    return f"aes{bits}_ctr" if bits else "zipcrypto"


def _content(octets: bytes) -> Iterator[bytes]:
    return decoding.stored(octets, 0, len(octets))


def _decrypted(octets: Octets, entry: Entry, span: tuple[int, int], word: bytes) -> Iterator[bytes]:
    import pyzipper

    alone = io.BytesIO(_alone(entry, bytes(octets[span[0] : span[1]])))
    try:
        with foreign("an encrypted entry"):
            stream = pyzipper.AESZipFile(alone).open(_NAME.decode(), pwd=word)
        while True:
            with foreign("an encrypted entry"):
                piece = stream.read(decoding.PIECE)
            if not piece:
                return
            yield piece
    except RefusedError as refusal:
        # The library says so by this class, and by no other that is derived from it.
        if type(refusal.__cause__) is RuntimeError:
            raise _WrongWordError from refusal
        raise


def _alone(entry: Entry, data: bytes) -> bytes:
    """Make a ZIP of this entry alone, under a name of ours."""
    extra, method = b"", entry.method
    if entry.aes:
        version, strength = entry.aes
        extra = struct.pack("<HHHHBH", 0x9901, 7, version, 0x4541, strength, method)
        method = AES_METHOD
    common = struct.pack(
        "<5H3L2H",
        51,
        entry.flags & 0b1001,
        method,
        entry.time,
        0,
        entry.crc,
        len(data),
        entry.size,
        len(_NAME),
        len(extra),
    )
    local = b"PK\x03\x04" + common + _NAME + extra
    central = b"PK\x01\x02" + struct.pack("<H", 51) + common + bytes(14) + _NAME + extra
    end = struct.pack("<4H2LH", 0, 0, 1, 1, len(central), len(local) + len(data), 0)
    return local + data + central + b"PK\x05\x06" + end
