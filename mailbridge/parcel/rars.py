"""RAR archives: no free library decompresses them, so that they are named and never opened.

Their headers (technical notes of RARLAB, versions 4 and 5) are walked only to tell the clerk what
is inside and whether it is locked; a header whose CRC is another ends the walk.
"""

import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from mailbridge.mime.parse import Octets
from mailbridge.mime.words import as_text
from mailbridge.model.errors import Reason, RefusedError
from mailbridge.model.parcel import File, LockForm, LockWhy
from mailbridge.parcel.container import Container, Member, mapped
from mailbridge.parcel.unpacking import Place, Unpacking

_OLD, _NEW = b"Rar!\x1a\x07\x00", b"Rar!\x1a\x07\x01\x00"
# The programs that unpack themselves are smaller than this (technical note, version 5).
_STUB = 1024 * 1024
# A header of megabytes holds no name.
_HEADER = 64 * 1024
# What both versions are walked for.
_FORMAT, _LINK = 0o170000, 0o120000
_UNIX = 3


@dataclass(frozen=True, slots=True)
class _Header:
    """One member, or (without a name) the archive itself."""

    name: str = ""
    size: int = 0
    is_encrypted: bool = False
    is_link: bool = False
    is_folder: bool = False


def open_rar(work: Unpacking, file: File, place: Place) -> None:
    """List what a RAR says that it holds; raises RefusedError always, since nothing is opened."""
    box = Container(work, file, place)
    is_locked = False
    with mapped(work, file) as octets:
        if mark_of(octets) > 0:
            box.remark("có dữ liệu lạ đứng trước tệp nén")
        for header in headers(octets):
            is_locked = is_locked or header.is_encrypted
            if header.name and not header.is_folder:
                reason = Reason.LINK if header.is_link else None
                box.refuse(Member(header.name, header.size, 0, reason), Reason.UNSUPPORTED)
    if is_locked:
        work.lock(LockForm.RAR, place, LockWhy.UNSUPPORTED)
    raise RefusedError(Reason.UNSUPPORTED, "a RAR")


def headers(octets: Octets) -> Iterator[_Header]:
    """Walk through the headers of either version as far as they are sound."""
    at = mark_of(octets)
    start = bytes(octets[at : at + len(_NEW)]) if at >= 0 else b""
    if start == _NEW:
        yield from _new_headers(octets, at + len(_NEW))
    elif start.startswith(_OLD):
        yield from _old_headers(octets, at + len(_OLD))


def mark_of(octets: Octets) -> int:
    """Find where a RAR begins: at once, or behind a program that unpacks it; -1 if nowhere."""
    found = (octets.find(mark, 0, _STUB) for mark in (_OLD, _NEW))
    return min((at for at in found if at >= 0), default=-1)


_OLD_MAIN, _OLD_FILE, _OLD_END = 0x73, 0x74, 0x7B
_FOLDER = 0xE0
_OLD_FIXED, _OLD_NAME_AT = 7, 32


def _old_headers(octets: Octets, at: int) -> Iterator[_Header]:
    while at + _OLD_FIXED <= len(octets):
        fixed = bytes(octets[at : at + _OLD_FIXED])
        kind, flags, size = fixed[2], _number(fixed[3:5]), _number(fixed[5:7])
        head = bytes(octets[at : at + size])
        if size < _OLD_FIXED or zlib.crc32(head[2:]) & 0xFFFF != _number(fixed[:2]):
            return
        at += size
        if kind == _OLD_MAIN and flags & 0x80:
            yield _Header(is_encrypted=True)
            return
        if kind == _OLD_END:
            return
        if kind == _OLD_FILE and size > _OLD_NAME_AT:
            yield _old_member(head, flags)
        # Data follow a file, and whatever else says that they do.
        if kind == _OLD_FILE or flags & 0x8000:
            at += _number(head[7:11]) + (_number(head[32:36]) << 32 if flags & 0x100 else 0)


def _old_member(head: bytes, flags: int) -> _Header:
    at = _OLD_NAME_AT + (8 if flags & 0x100 else 0)
    raw = head[at : at + _number(head[26:28])]
    # A name in Unicode stands behind its plain form, coded by their difference.
    name = as_text(raw.partition(b"\0")[0]).replace("\\", "/")
    mode = _number(head[28:32])
    return _Header(
        name=name,
        size=_number(head[11:15]),
        is_encrypted=bool(flags & 4),
        is_link=head[15] == _UNIX and mode & _FORMAT == _LINK,
        is_folder=flags & _FOLDER == _FOLDER,
    )


_NEW_FILE, _NEW_LOCKED, _NEW_END = 2, 4, 5
_ENCRYPTION, _REDIRECTION = 1, 5
# A redirection to another member whose octets are the same: no link.
_COPY = 5


def _new_headers(octets: Octets, at: int) -> Iterator[_Header]:
    while at + 7 <= len(octets):
        size, begins = _vint(bytes(octets[at + 4 : at + 7]), 0)
        start = at + 4 + begins
        head = bytes(octets[start : start + min(size, _HEADER)])
        told = bytes(octets[at + 4 : start]) + head
        if not size or zlib.crc32(told) != _number(bytes(octets[at : at + 4])):
            return
        kind, place = _vint(head, 0)
        flags, place = _vint(head, place)
        extra, place = _vint(head, place) if flags & 1 else (0, place)
        data, place = _vint(head, place) if flags & 2 else (0, place)
        if kind == _NEW_LOCKED:
            yield _Header(is_encrypted=True)
        if kind in {_NEW_LOCKED, _NEW_END}:
            return
        if kind == _NEW_FILE:
            yield _new_member(head, place, head[len(head) - extra :] if extra else b"")
        at = start + size + data


def _new_member(head: bytes, at: int, extra: bytes) -> _Header:
    flags, at = _vint(head, at)
    size, at = _vint(head, at)
    _, at = _vint(head, at)
    at += (4 if flags & 2 else 0) + (4 if flags & 4 else 0)
    _, at = _vint(head, at)
    _, at = _vint(head, at)
    length, at = _vint(head, at)
    records = set(_records(extra))
    name = head[at : at + length].decode("utf-8", "replace")
    is_encrypted = any(kind == _ENCRYPTION for kind, _ in records)
    is_link = any(kind == _REDIRECTION and what != _COPY for kind, what in records)
    return _Header(name, size, is_encrypted, is_link, bool(flags & 1))


def _records(extra: bytes) -> Iterator[tuple[int, int]]:
    """Give the kind of each record of the extra area, and the first number in it."""
    at = 0
    while at < len(extra):
        size, at = _vint(extra, at)
        if not size:
            return
        kind, inside = _vint(extra, at)
        yield kind, _vint(extra, inside)[0]
        at += size


def _number(octets: bytes) -> int:
    return int.from_bytes(octets, "little")


def _vint(octets: bytes, at: int) -> tuple[int, int]:
    """Read a number of seven bits an octet, and tell where it ended; zero where it is cut."""
    value = shift = 0
    for place in range(at, min(at + 10, len(octets))):
        value |= (octets[place] & 0x7F) << shift
        shift += 7
        if not octets[place] & 0x80:
            return value, place + 1
    return 0, len(octets)
