"""Encrypted entries of a ZIP: WinZip's AES and the old ZipCrypto, opened by pyzipper.

Only its ciphers are used. Its reader stops at the size that an entry says, so that it would cut
what lies about its size, and it never sees the hostile directory.
"""

from dataclasses import dataclass, field
from itertools import islice
from types import SimpleNamespace
from typing import Any

from mailbridge.mime.parse import Octets
from mailbridge.model.errors import Reason, RefusedError
from mailbridge.model.parcel import LockForm, LockWhy
from mailbridge.parcel import decoding
from mailbridge.parcel.container import Container, Member, foreign
from mailbridge.parcel.zip_content import METHODS, checked
from mailbridge.parcel.zip_entry import Entry

# Each password costs a derivation of keys, and perhaps a whole decryption.
WORDS = 8
# The old cipher is computed in Python, a megabyte a second: more of it in one mail would outlast
# the child.
_OLD_CIPHER_SIZE = 16 * 1024 * 1024
_LATER = 1 << 3
# WinZip's AES: a salt by strength, two octets that prove the password, ten of authentication.
_SALTS, _PROOF, _CODE = {1: 8, 2: 12, 3: 16}, 2, 10
_OLD_HEAD = 12


class _WrongWordError(Exception):
    """The password does not fit."""


@dataclass(slots=True)
class ZipLocks:
    """The locks of one ZIP: one is listed for each cipher and outcome, not one for each entry."""

    box: Container
    octets: Octets
    _listed: dict[tuple[LockWhy | None, str], int] = field(default_factory=dict)

    def open(self, entry: Entry, member: Member, span: tuple[int, int]) -> None:
        """Open an encrypted entry with one of the passwords, or list it as refused."""
        try:
            why, packed = self._opened(entry, member, span)
        except RefusedError as refusal:
            self.box.refuse(member, refusal.reason)
            return
        lock = self._lock(why, _cipher(entry))
        if packed is None:
            self.box.refuse(member, Reason.ENCRYPTED)
        else:
            self.box.take(member, lambda: checked(packed, entry, 0, len(packed)), lock)

    def _lock(self, why: LockWhy | None, cipher: str) -> int:
        if (why, cipher) not in self._listed:
            made = self.box.work.lock(LockForm.ZIP, self.box.place, why, cipher)
            self._listed[why, cipher] = made
        return self._listed[why, cipher]

    def _opened(
        self, entry: Entry, member: Member, span: tuple[int, int]
    ) -> tuple[LockWhy | None, bytes | None]:
        """Give the decrypted octets, still compressed, or why they stay closed."""
        slow = 0 if entry.aes else entry.packed
        is_known = entry.method in METHODS and not entry.is_strong
        if not is_known or self.box.work.deciphered + slow > _OLD_CIPHER_SIZE:
            return LockWhy.UNSUPPORTED, None
        why = LockWhy.NEEDS_WORD
        words = self.box.work.keyring.passwords_for(self.box.file.name)
        for word in islice(dict.fromkeys(words), WORDS):
            try:
                start = _begun(self.octets, entry, span, word.encode())
                self.box.work.deciphered += slow
                packed = _decrypted(self.octets, entry, span, start)
                if not entry.aes:
                    self._prove(entry, member, packed)
                return None, packed
            except _WrongWordError:
                why = LockWhy.WRONG_WORD
            except RefusedError as refusal:
                if refusal.reason is not Reason.MALFORMED:
                    raise
                why = LockWhy.DAMAGED if entry.aes else LockWhy.WRONG_WORD
        return why, None

    def _prove(self, entry: Entry, member: Member, packed: bytes) -> None:
        """Compare the CRC: the old cipher lets one wrong password in 256 pass until then."""
        for _ in self.box.bounded(member, checked(packed, entry, 0, len(packed))):
            pass


def _cipher(entry: Entry) -> str:
    if entry.is_strong:
        return "pkware"
    bits = {1: 128, 2: 192, 3: 256}.get(entry.aes[1], 0) if entry.aes else 0
    return f"aes{bits}_ctr" if bits else "zipcrypto"


def _begun(octets: Octets, entry: Entry, span: tuple[int, int], word: bytes) -> Any:
    """Derive the keys and compare what proves the password; raises _WrongWordError."""
    from pyzipper.zipfile import CRCZipDecrypter
    from pyzipper.zipfile_aes import AESZipDecrypter

    about = SimpleNamespace(
        filename="",
        wz_aes_strength=entry.aes[1] if entry.aes else 0,
        CRC=entry.crc,
        use_datadescripter=bool(entry.flags & _LATER),
        _raw_time=entry.time,
    )
    kind = AESZipDecrypter if entry.aes else CRCZipDecrypter
    head = bytes(octets[span[0] : span[0] + _head_size(entry)])
    try:
        with foreign("an encrypted entry"):
            return kind(about, word, head)
    except RefusedError as refusal:
        # The library says so by this class, and by no other that is derived from it.
        if type(refusal.__cause__) is RuntimeError:
            raise _WrongWordError from refusal
        raise


def _decrypted(octets: Octets, entry: Entry, span: tuple[int, int], cipher: Any) -> bytes:
    """Decrypt all; raises RefusedError where the code of authentication is another (AES)."""
    start, end = span[0] + _head_size(entry), span[1] - (_CODE if entry.aes else 0)
    out = bytearray()
    with foreign("an encrypted entry"):
        for piece in decoding.stored(octets, start, end):
            out += cipher.decrypt(piece)
        if entry.aes:
            cipher.check_hmac(bytes(octets[end : span[1]]))
    return bytes(out)


def _head_size(entry: Entry) -> int:
    """Tell how many octets stand before the encrypted ones: salt and proof, or what is for both."""
    return _SALTS.get(entry.aes[1], 0) + _PROOF if entry.aes else _OLD_HEAD
