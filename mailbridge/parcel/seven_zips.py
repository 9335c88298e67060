"""7z archives: py7zr reads the headers and decodes; members are pulled from it piece by piece.

Its own extraction is not used: there one bad name ends the whole archive, and its buffers are as
large as the machine allows. Headers are bounded by the library against the size of the file (1.1).
"""

import stat
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from typing import Any, BinaryIO

from mailbridge.model.errors import Reason, RefusedError
from mailbridge.model.parcel import File, LockForm, LockWhy
from mailbridge.parcel.container import Container, Member, foreign
from mailbridge.parcel.solid import Folder
from mailbridge.parcel.unpacking import Place, Unpacking

# Each password is hashed half a million times, or what else the archive asks.
WORDS = 4
# Pieces, of which a bomb would have without end.
_PROOF = 64
_CIPHER = "aes256_cbc"


def open_7z(work: Unpacking, file: File, place: Place) -> None:
    """Open a 7z; raises RefusedError where nothing of it can be read."""
    box = Container(work, file, place)
    with (work.scratch / file.stored).open("rb") as stream:
        words = tuple(dict.fromkeys(work.keyring.passwords_for(file.name)))
        archive, why = _unlocked(stream, words)
        if why is not None:
            work.lock(LockForm.SEVEN_ZIP, place, why, _CIPHER)
        if archive is None:
            raise RefusedError(Reason.ENCRYPTED, "a 7z whose directory is encrypted")
        if why is not None:
            _list_closed(box, archive)
            return
        lock = None
        if archive.password_protected:
            lock = work.lock(LockForm.SEVEN_ZIP, place, None, _CIPHER)
        _open_members(box, archive, lock)


def _unlocked(stream: BinaryIO, words: tuple[str, ...]) -> tuple[Any, LockWhy | None]:
    """Give the archive as far as it can be read, and why its lock stays closed, if it does."""
    import py7zr

    archive = None
    try:
        archive = _read(stream, None)
        if not archive.password_protected:
            return archive, None
    except RefusedError as refusal:
        if not isinstance(refusal.__cause__, py7zr.PasswordRequired):
            raise
    why = LockWhy.NEEDS_WORD
    for word in islice(words, WORDS):
        try:
            opened = _read(stream, word)
            if archive is None or _proves(opened):
                # Read anew: what was decoded for the proof is behind it.
                return _read(stream, word), None
        except RefusedError as refusal:
            is_kept = refusal.reason is not Reason.UNSUPPORTED
            why = LockWhy.WRONG_WORD if is_kept else LockWhy.UNSUPPORTED
    return archive, why


def _read(stream: BinaryIO, word: str | None) -> Any:
    import py7zr

    with library():
        stream.seek(0)
        archive = py7zr.SevenZipFile(stream, "r", password=word)
        # An archive of nothing has no list of files at all.
        if not hasattr(archive, "files"):
            raise RefusedError(Reason.MALFORMED, "a 7z without a header")
        streams: Any = getattr(archive.header, "main_streams", None)
        if streams and (streams.unpackinfo is None or streams.packinfo is None):
            raise RefusedError(Reason.MALFORMED, "a 7z of streams that are nowhere")
        return archive


@contextmanager
def library() -> Iterator[None]:
    """Turn what the library raises into a refusal, and tell what it does not support."""
    from py7zr.exceptions import UnsupportedCompressionMethodError

    try:
        with foreign("a 7z"):
            yield
    except RefusedError as refusal:
        if isinstance(refusal.__cause__, UnsupportedCompressionMethodError):
            raise RefusedError(Reason.UNSUPPORTED, "a method of 7z") from refusal.__cause__
        raise


def _proves(archive: Any) -> bool:
    """Decode the first member that holds anything; raises RefusedError if its CRC is another.

    Of a large one its beginning proves enough: what a wrong key gives is no stream.
    """
    for info, pieces in _members(archive):
        if info.uncompressed:
            for _ in islice(pieces, _PROOF):
                pass
            break
    return True


def _open_members(box: Container, archive: Any, lock: int | None) -> None:
    for info, pieces in _members(archive):
        member = _member(box, info)
        if not info.is_directory or box.objection(member) is not None:
            box.take(member, _later(pieces), lock)


def _later(pieces: Iterator[bytes]) -> Any:
    return lambda: pieces


def _list_closed(box: Container, archive: Any) -> None:
    for info in archive.files:
        member = _member(box, info)
        if not info.is_directory or box.objection(member) is not None:
            box.refuse(member, Reason.ENCRYPTED)


def _member(box: Container, info: Any) -> Member:
    # In a solid archive no member has a packed size of its own.
    return Member(str(info.filename), info.uncompressed, box.file.size, _reason(info))


def _reason(info: Any) -> Reason | None:
    if info.is_symlink or info.is_junction:
        return Reason.LINK
    kind = info.st_fmt or 0
    return None if kind in {0, stat.S_IFREG, stat.S_IFDIR} else Reason.DEVICE


def _members(archive: Any) -> Iterator[tuple[Any, Iterator[bytes]]]:
    """Give each member with its pieces: the empty ones, then folder by folder of the archive."""
    yield from ((info, iter(())) for info in archive.files if info.emptystream)
    streams: Any = getattr(archive.header, "main_streams", None)
    for number, folder in enumerate(streams.unpackinfo.folders if streams else ()):
        with library():
            start = archive.afterheader + streams.packinfo.packpositions[number]
            decoder = folder.get_decompressor(streams.packinfo.packsizes[number])
        solid, at = Folder(archive.fp, decoder, start, library), 0
        for info in folder.files or ():
            yield info, solid.pieces(at, info.uncompressed, info.crc32)
            at += info.uncompressed
