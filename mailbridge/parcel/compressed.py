"""Single files compressed by gzip, bzip2 or xz; a TAR inside is opened like any file."""

import re
from collections.abc import Callable, Iterator

from mailbridge.mime.parse import Octets
from mailbridge.mime.words import as_text
from mailbridge.model.errors import Reason, RefusedError
from mailbridge.model.parcel import File
from mailbridge.parcel import decoding
from mailbridge.parcel.container import Container, Member, mapped
from mailbridge.parcel.unpacking import Place, Unpacking

_SUFFIX = re.compile(r"\.(gz|gzip|bz2|bzip2|xz)$", re.IGNORECASE)
_OF_TAR = re.compile(r"\.t(gz|az|bz|bz2|b2|xz)$", re.IGNORECASE)
# RFC 1952 §2.3.1: flags of the header fields before the name.
_EXTRA, _NAME = 4, 8
_FIXED = 10
# Streams after streams, each of a few octets, each a new decoder.
_STREAMS = 1_000


def open_gzip(work: Unpacking, file: File, place: Place) -> None:
    """Open a gzip file; its own name for the content is used where it has one."""
    with mapped(work, file) as octets:
        name = _gzip_name(bytes(octets[:1024])) or inner_name(file.name)
        _open(work, file, place, name, _streams(work, file, octets, decoding.gzip, b"\x1f\x8b"))


def open_bzip2(work: Unpacking, file: File, place: Place) -> None:
    """Open a bzip2 file."""
    with mapped(work, file) as octets:
        chunks = _streams(work, file, octets, decoding.bzip2, b"BZh")
        _open(work, file, place, inner_name(file.name), chunks)


def open_xz(work: Unpacking, file: File, place: Place) -> None:
    """Open an xz file."""
    with mapped(work, file) as octets:
        chunks = _streams(work, file, octets, decoding.xz, b"\xfd7zXZ\x00")
        _open(work, file, place, inner_name(file.name), chunks)


def inner_name(name: str) -> str:
    """Name the content of a compressed file after the file."""
    if _OF_TAR.search(name):
        return _OF_TAR.sub(".tar", name)
    return _SUFFIX.sub("", name) if _SUFFIX.search(name) else f"{name}.out"


def _open(work: Unpacking, file: File, place: Place, name: str, chunks: Iterator[bytes]) -> None:
    box = Container(work, file, place)
    box.take(Member(name, None, file.size), lambda: chunks)


def _streams(
    work: Unpacking,
    file: File,
    octets: Octets,
    make: Callable[[], decoding.Decoder],
    magic: bytes,
) -> Iterator[bytes]:
    """Decode stream after stream (RFC 1952 §2.2), and remark on what follows the last."""
    at, end = 0, len(octets)
    for _ in range(_STREAMS):
        at = yield from decoding.decoded(make, octets, at, end)
        # Padding is zeros: of tapes behind gzip, and in fours between xz streams.
        while at < end and octets[at] == 0:
            at += 1
        if at == end:
            return
        if bytes(octets[at : at + len(magic)]) != magic:
            work.remark(file.path, "có dữ liệu lạ đứng sau tệp nén")
            return
    raise RefusedError(Reason.TOO_MANY, "too many compressed streams in one file")


def _gzip_name(head: bytes) -> str:
    """Read the name of the content from the header (RFC 1952 §2.3), if it is there."""
    if len(head) < _FIXED or not head[3] & _NAME:
        return ""
    at = _FIXED
    if head[3] & _EXTRA:
        at += 2 + int.from_bytes(head[at : at + 2], "little")
    name, zero, _ = head[at:].partition(b"\0")
    return as_text(name) if zero else ""
