"""TAR archives, read by the standard library: files are listed, links and devices are refused."""

import io
import re
import tarfile
from collections.abc import Iterator

from mailbridge.mime.words import as_text
from mailbridge.model.errors import Reason, RefusedError
from mailbridge.model.parcel import File
from mailbridge.parcel.container import Container, Member, foreign, mapped
from mailbridge.parcel.decoding import PIECE
from mailbridge.parcel.unpacking import Place, Unpacking

_BLOCK = 512
# An extended header of megabytes; and one of digits, on which the library's pattern is quadratic.
_HEADER = 256 * 1024
_DIGITS = re.compile(rb"\d{100}")
_SPARSE = {tarfile.GNUTYPE_SPARSE}
_LINKS = {tarfile.LNKTYPE, tarfile.SYMTYPE}
_DEVICES = {tarfile.CHRTYPE, tarfile.BLKTYPE, tarfile.FIFOTYPE}


class _Headers(io.RawIOBase):
    """The archive as the library reads it; while it reads headers, their size is bounded."""

    def __init__(self, octets: memoryview) -> None:
        self._octets = octets
        self._at = 0
        self.in_headers = True

    def read(self, size: int = -1) -> bytes:
        """Read so many octets from where we are."""
        wanted = len(self._octets) if size < 0 else size
        if self.in_headers and wanted > _HEADER:
            raise RefusedError(Reason.TOO_LARGE, "an extended header of megabytes")
        piece = bytes(self._octets[self._at : self._at + wanted])
        if self.in_headers and len(piece) > _BLOCK and _DIGITS.search(piece):
            raise RefusedError(Reason.MALFORMED, "an extended header of digits")
        self._at += len(piece)
        return piece

    def seek(self, offset: int, whence: int = io.SEEK_SET, /) -> int:
        """Go to a place counted from the beginning."""
        if whence != io.SEEK_SET or offset < 0:
            raise RefusedError(Reason.MALFORMED, "a place before the archive")
        self._at = offset
        return offset

    def tell(self) -> int:
        """Tell where we are."""
        return self._at


def open_tar(work: Unpacking, file: File, place: Place) -> None:
    """Open a TAR of any kind; raises RefusedError where not one header can be read."""
    with mapped(work, file) as octets, memoryview(octets) as view:
        stream = _Headers(view)
        box = Container(work, file, place)
        with foreign("a TAR"):
            archive = tarfile.TarFile(fileobj=stream, errors="surrogateescape")
        reached = 0
        for info in _members(stream, archive):
            _open_member(box, archive, info)
            reached = archive.offset
        _look_behind(box, view, reached)


def _members(stream: _Headers, archive: tarfile.TarFile) -> Iterator[tarfile.TarInfo]:
    before = -1
    while True:
        stream.in_headers = True
        with foreign("a TAR"):
            info = archive.next()
        if info is None:
            return
        # A negative size would lead back, for ever.
        if archive.offset <= before:
            raise RefusedError(Reason.MALFORMED, "a member before the one before it")
        before = archive.offset
        stream.in_headers = False
        yield info
        # The library keeps every member; we do not.
        vars(archive)["members"].clear()


def _open_member(box: Container, archive: tarfile.TarFile, info: tarfile.TarInfo) -> None:
    name = as_text(info.name.encode("utf-8", "surrogateescape"))
    member = Member(name, info.size, _packed(archive, info), _reason(info))
    if info.isdir() and box.objection(member) is None:
        return
    box.take(member, lambda: _content(archive, info))


def _packed(archive: tarfile.TarFile, info: tarfile.TarInfo) -> int:
    """Tell how many octets of the archive a member takes: fewer than its size if it is sparse."""
    return max(0, archive.offset - info.offset_data)


def _reason(info: tarfile.TarInfo) -> Reason | None:
    if info.type in _LINKS:
        return Reason.LINK
    if info.type in _DEVICES:
        return Reason.DEVICE
    if info.size < 0:
        return Reason.MALFORMED
    is_known = info.isdir() or info.isreg() or info.type in _SPARSE
    return None if is_known else Reason.UNSUPPORTED


def _content(archive: tarfile.TarFile, info: tarfile.TarInfo) -> Iterator[bytes]:
    with foreign("a member of a TAR"):
        stream = archive.extractfile(info)
    if stream is None:
        raise RefusedError(Reason.UNSUPPORTED, "a member without content")
    left = info.size
    while left > 0:
        with foreign("a member of a TAR"):
            piece = stream.read(min(PIECE, left))
        if not piece:
            return
        left -= len(piece)
        yield piece


def _look_behind(box: Container, view: memoryview, reached: int) -> None:
    """Look at what follows the last member: blocks of zeros (POSIX.1-2017 pax), or anything."""
    first = bytes(view[reached : reached + _BLOCK])
    if reached > len(view) or (first and first.strip(b"\0")):
        # The library stops at the first header that it cannot read, as if it were the end.
        raise RefusedError(Reason.MALFORMED, "a TAR that is cut or damaged")
    for at in range(reached, len(view), PIECE):
        if bytes(view[at : at + PIECE]).strip(b"\0"):
            box.remark("có dữ liệu lạ đứng sau tệp nén")
            return
