"""One entry of a ZIP: what its central header says, and whether its local header says the same."""

import struct
import zlib
from dataclasses import dataclass

from mailbridge.mime.parse import Octets
from mailbridge.mime.words import as_text
from mailbridge.model.errors import Reason, RefusedError

CENTRAL = b"PK\x01\x02"
LOCAL = b"PK\x03\x04"
_ENCRYPTED, _LATER, _STRONG, _UTF8, _MASKED = 1, 1 << 3, 1 << 6, 1 << 11, 1 << 13
_ZIP64, _UNICODE_PATH, _AES, _STRONG_HEADER = 0x0001, 0x7075, 0x9901, 0x0017
AES_METHOD = 99
_FULL32 = 0xFFFFFFFF
_AES_FIELD = 7
# DEFLATE of nothing.
_NOTHING = 2
_Extras = list[tuple[int, bytes]]
# Upper half of the external attributes where a Unix program made them: its file mode.
_FORMAT, _FOLDER, _LINK, _REGULAR = 0o170000, 0o040000, 0o120000, 0o100000
_UNIX_SYSTEMS = {3, 19}


@dataclass(frozen=True, slots=True)
class Entry:
    """What the directory says of one entry. `offset` and sizes in octets.

    `method` is what its content is compressed by, also under AES; `fault` why the directory
    alone makes it unbelievable.
    """

    name: str
    raw: bytes
    flags: int
    method: int
    crc: int
    packed: int
    size: int
    offset: int
    mode: int
    # Of AES: (version, strength); None where it is not used.
    aes: tuple[int, int] | None = None
    fault: str = ""
    # Time as MS-DOS has it, whose upper octet may prove a password (6.1.6).
    time: int = 0

    @property
    def is_encrypted(self) -> bool:
        """A password is needed."""
        return bool(self.flags & _ENCRYPTED)

    @property
    def is_strong(self) -> bool:
        """PKWARE's own encryption, of which there are no open implementations (7)."""
        return bool(self.flags & (_STRONG | _MASKED))

    @property
    def is_folder(self) -> bool:
        """A folder, which holds no octets."""
        is_empty = not self.size and self.packed <= _NOTHING
        return is_empty and (self.name.endswith(("/", "\\")) or self.mode & _FORMAT == _FOLDER)

    @property
    def reason(self) -> Reason | None:
        """Why it must not be unpacked, as far as the directory tells."""
        kind = self.mode & _FORMAT
        if kind == _LINK:
            return Reason.LINK
        if kind not in {0, _FOLDER, _REGULAR}:
            return Reason.DEVICE
        return Reason.MALFORMED if self.fault else None


def entry_of(octets: Octets, at: int, end: int) -> tuple[Entry, int]:
    """Read the central header at that place (4.3.12), and tell where the next begins."""
    fixed = bytes(octets[at : at + 46])
    if at + 46 > end or not fixed.startswith(CENTRAL):
        raise RefusedError(Reason.MALFORMED, "a directory that is cut")
    numbers = struct.unpack("<6H3L5H2L", fixed[4:])
    made, _, flags, method, time, _, crc, packed, size = numbers[:9]
    name_size, extra_size, comment_size, disk, _, external, offset = numbers[9:]
    next_at = at + 46 + name_size + extra_size + comment_size
    if next_at > end:
        raise RefusedError(Reason.MALFORMED, "a directory that is cut")
    raw = bytes(octets[at + 46 : at + 46 + name_size])
    extras, fault = _extras(bytes(octets[at + 46 + name_size : next_at - comment_size]))
    sizes, wide = _wide([size, packed, offset], extras)
    aes, inner = _aes(extras) if method == AES_METHOD else (None, method)
    mode = external >> 16 if made >> 8 in _UNIX_SYSTEMS else 0
    entry = Entry(
        name=_name(raw, flags, extras),
        raw=raw,
        flags=flags,
        method=inner,
        crc=crc,
        packed=sizes[1],
        size=sizes[0],
        offset=sizes[2],
        mode=mode,
        aes=aes,
        fault=fault or wide or ("another volume" if disk not in {0, 0xFFFF} else ""),
        time=time,
    )
    return entry, next_at


def _extras(octets: bytes) -> tuple[_Extras, str]:
    """Read the extra fields (4.5.1), and tell what is wrong with them."""
    found: _Extras = []
    at = 0
    while at + 4 <= len(octets):
        kind, size = struct.unpack("<HH", octets[at : at + 4])
        if at + 4 + size > len(octets):
            return found, "an extra field that is cut"
        found.append((kind, octets[at + 4 : at + 4 + size]))
        at += 4 + size
    # Up to three octets too many are met, and hold nothing.
    return found, ""


def _first(extras: _Extras, kind: int) -> bytes:
    return next((field for each, field in extras if each == kind), b"")


def _wide(sizes: list[int], extras: _Extras) -> tuple[list[int], str]:
    """Take from the ZIP64 field what the header has no room for, in its order (4.5.3)."""
    field, at = _first(extras, _ZIP64), 0
    made = []
    for size in sizes:
        if size == _FULL32 and field:
            if at + 8 > len(field):
                return sizes, "a ZIP64 field that is cut"
            made.append(int.from_bytes(field[at : at + 8], "little"))
            at += 8
        else:
            made.append(size)
    return made, ""


def _aes(extras: _Extras) -> tuple[tuple[int, int] | None, int]:
    """Read the field of AES (7 octets: version, "AE", strength, method)."""
    field = _first(extras, _AES)
    if len(field) != _AES_FIELD or field[2:4] != b"AE":
        return None, AES_METHOD
    version, _, strength, method = struct.unpack("<HHBH", field)
    return (version, strength), method


def _name(raw: bytes, flags: int, extras: _Extras) -> str:
    """Decode a name (4.4.17, Appendix D): as it says, else UTF-8, else what old programs wrote."""
    # 4.6.9: the field holds only for the name whose CRC it repeats; a program that renamed
    # an entry left the field behind.
    mark = b"\x01" + zlib.crc32(raw).to_bytes(4, "little")
    for kind, path in extras:
        if kind == _UNICODE_PATH and path.startswith(mark) and path[5:]:
            return path[5:].decode("utf-8", "replace")
    if flags & _UTF8:
        return raw.decode("utf-8", "replace")
    return as_text(raw) if not raw.isascii() else raw.decode("ascii")


def data_of(octets: Octets, entry: Entry, shift: int, until: int) -> tuple[int, int]:
    """Compare the local header (4.3.7) with the entry, and tell where its data begin and end.

    Raises RefusedError where they contradict each other or the data would not lie before `until`.
    """
    at = entry.offset + shift
    fixed = bytes(octets[at : at + 30]) if at + 30 <= until else b""
    if not fixed.startswith(LOCAL):
        raise RefusedError(Reason.MALFORMED, "no local header where the directory says")
    _, flags, method, _, _, crc, packed, size, name_size, extra_size = struct.unpack(
        "<5H3L2H", fixed[4:]
    )
    start = at + 30 + name_size + extra_size
    name = bytes(octets[at + 30 : at + 30 + name_size])
    extras, fault = _extras(bytes(octets[at + 30 + name_size : start]))
    if start + entry.packed > until:
        raise RefusedError(Reason.MALFORMED, "data beyond the beginning of the directory")
    sizes, wide = _wide([size, packed], extras)
    aes, inner = _aes(extras) if method == AES_METHOD else (None, method)
    same = (name, inner, aes, flags & _ENCRYPTED) == (
        entry.raw,
        entry.method,
        entry.aes,
        entry.flags & _ENCRYPTED,
    )
    # 4.4.4, bit 3: sizes and CRC follow the data, and are zero here.
    may_wait = {0, _FULL32} if flags & _LATER else set()
    told = zip((crc, *sizes), (entry.crc, entry.size, entry.packed), strict=True)
    agree = all(here == there or here in may_wait for here, there in told)
    if fault or wide or not same or not agree:
        raise RefusedError(Reason.MALFORMED, "a local header that contradicts the directory")
    return start, start + entry.packed
