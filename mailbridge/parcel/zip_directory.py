"""The central directory of a ZIP, read by ourselves and believed only where all of it agrees.

Programs disagree on which of two contradicting statements of a ZIP holds: its directory, its local
headers, its ZIP64 records. What contradicts itself is therefore refused (APPNOTE.TXT 6.3.10 of
PKWARE is cited by its sections).
"""

import struct
from dataclasses import dataclass, field

from mailbridge.mime.parse import Octets
from mailbridge.model.errors import Reason, RefusedError
from mailbridge.parcel.zip_entry import CENTRAL, Entry, entry_of

# A comment holds at most 65,535 octets (4.3.16): the end record lies before them.
_TAIL = 22 + 0xFFFF
_END = b"PK\x05\x06"
_END64 = b"PK\x06\x06"
_LOCATOR = b"PK\x06\x07"
_LOCATOR_SIZE, _RECORD_SIZE = 20, 56
_FULL16, _FULL32 = 0xFFFF, 0xFFFFFFFF


@dataclass(frozen=True, slots=True)
class Directory:
    """The entries in the order of the directory. `shift` is the length of what stands before.

    `start` is where the directory begins, `remarks` what is odd and does no harm by itself.
    """

    entries: tuple[Entry, ...]
    start: int
    shift: int
    remarks: tuple[str, ...]


@dataclass(slots=True)
class _End:
    """What the end record says (4.3.16), or the ZIP64 record in its stead (4.3.14)."""

    at: int
    disk: int
    disk_of_directory: int
    here: int
    total: int
    size: int
    offset: int
    remarks: list[str] = field(default_factory=list)


def has_directory(octets: Octets) -> bool:
    """Tell whether these octets end as a ZIP does, whatever stands before it."""
    try:
        end = _end(octets)
    except RefusedError:
        return False
    start = end.at - end.size
    is_there = bytes(octets[start : start + 4]) == CENTRAL if start >= 0 else False
    return is_there or (end.total == 0 and end.at == 0)


def read(octets: Octets, most: int) -> Directory:
    """Read the directory; raises RefusedError where the ZIP as a whole cannot be believed."""
    end = _end(octets)
    if end.disk or end.disk_of_directory or end.here != end.total:
        raise RefusedError(Reason.UNSUPPORTED, "one volume of several")
    if end.total > most:
        raise RefusedError(Reason.TOO_MANY, "more entries than the limit")
    start = end.at - end.size
    shift = start - end.offset
    if start < 0 or shift < 0:
        raise RefusedError(Reason.MALFORMED, "a directory that begins before the file")
    if shift:
        end.remarks.append("có dữ liệu lạ đứng trước tệp nén")
    entries = _entries(octets, start, end)
    return Directory(entries, start, shift, tuple(end.remarks))


def _entries(octets: Octets, start: int, end: _End) -> tuple[Entry, ...]:
    at, found = start, []
    for _ in range(end.total):
        entry, at = entry_of(octets, at, end.at)
        found.append(entry)
    if at != end.at:
        # A program that goes by the signature finds more entries than one that counts.
        raise RefusedError(Reason.MALFORMED, "a directory of another size than it says")
    return tuple(found)


def _end(octets: Octets) -> _End:
    at = _end_at(octets)
    disk, disk_of_directory, here, total, size, offset, comment = struct.unpack(
        "<4H2LH", octets[at + 4 : at + 22]
    )
    end = _End(at, disk, disk_of_directory, here, total, size, offset)
    after = len(octets) - at - 22 - comment
    if after > 0:
        end.remarks.append("có dữ liệu lạ đứng sau tệp nén")
    elif after < 0:
        end.remarks.append("ghi chú cuối tệp nén bị cắt")
    return _end64(octets, end)


def _end_at(octets: Octets) -> int:
    """Find the end record: the last whose comment reaches to the end, else the last of all."""
    first = max(0, len(octets) - _TAIL)
    tail = bytes(octets[first:])
    places = [at for at in _all(tail, _END) if at + 22 <= len(tail)]
    if not places:
        raise RefusedError(Reason.MALFORMED, "no end of the directory")
    exact = [
        at
        for at in places
        if at + 22 + int.from_bytes(tail[at + 20 : at + 22], "little") == len(tail)
    ]
    if len(exact) > 1:
        raise RefusedError(Reason.MALFORMED, "two directories of which each could be the one")
    return first + (exact or places)[-1]


def _all(octets: bytes, mark: bytes) -> list[int]:
    found, at = [], octets.find(mark)
    while at != -1:
        found.append(at)
        at = octets.find(mark, at + 1)
    return found


def _end64(octets: Octets, end: _End) -> _End:
    """Take the ZIP64 record in the stead of the old one where there is one (4.3.14, 4.3.15)."""
    locator = bytes(octets[end.at - _LOCATOR_SIZE : end.at]) if end.at >= _LOCATOR_SIZE else b""
    is_full = _FULL16 in {end.here, end.total} or _FULL32 in {end.size, end.offset}
    if not locator.startswith(_LOCATOR):
        if is_full:
            raise RefusedError(Reason.MALFORMED, "a ZIP64 record that is missing")
        return end
    _, at, disks = struct.unpack("<LQL", locator[4:])
    if disks > 1:
        raise RefusedError(Reason.UNSUPPORTED, "one volume of several")
    until = end.at - _LOCATOR_SIZE
    # Where something stands before the ZIP, the record is right before its locator.
    made = _record64(octets, at, until) or _record64(octets, until - _RECORD_SIZE, until)
    if made is None or made.at - at not in {0, made.at - made.size - made.offset}:
        raise RefusedError(Reason.MALFORMED, "a ZIP64 record that is missing")
    made.remarks = end.remarks
    _compare(end, made)
    return made


def _record64(octets: Octets, at: int, until: int) -> _End | None:
    record = bytes(octets[at : at + _RECORD_SIZE]) if 0 <= at <= until - _RECORD_SIZE else b""
    if not record.startswith(_END64):
        return None
    return _End(at, *struct.unpack("<2L4Q", record[16:]))


def _compare(old: _End, new: _End) -> None:
    """Refuse two end records of which each says something else (4.4.1.4)."""
    pairs = (
        (old.here, new.here, _FULL16),
        (old.total, new.total, _FULL16),
        (old.size, new.size, _FULL32),
        (old.offset, new.offset, _FULL32),
    )
    if any(said not in {full, other} for said, other, full in pairs):
        raise RefusedError(Reason.MALFORMED, "a ZIP64 record that contradicts the end record")
