"""Archives made octet by octet, so that each lie of an attack can be told on purpose."""

import io
import struct
import tarfile
import zlib
from dataclasses import dataclass, field
from pathlib import Path

from mailbridge.model.limits import Limits
from mailbridge.model.parcel import File, Parcel
from mailbridge.parcel.keyring import Keyring
from mailbridge.parcel.unpacking import Means
from mailbridge.parcel.unwrap import unwrap_file

PDF = b"%PDF-1.4\n%%EOF\n"


@dataclass(frozen=True)
class Piece:
    """One entry of a ZIP; what is None is told truly."""

    name: bytes = b"a.txt"
    data: bytes = b"Kinh gui"
    method: int = 8
    flags: int = 0
    packed: bytes | None = None
    crc: int | None = None
    size: int | None = None
    packed_size: int | None = None
    # Of the local header, where it lies.
    local: dict[str, int] = field(default_factory=dict)
    local_name: bytes | None = None
    extra: bytes = b""
    local_extra: bytes = b""
    mode: int = 0
    offset: int | None = None
    # What follows the data: a descriptor, or octets that nobody lists.
    behind: bytes = b""
    disk: int = 0


def deflated(data: bytes) -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    return packer.compress(data) + packer.flush()


def zip_of(*pieces: Piece, before: bytes = b"", end: dict[str, int] | None = None) -> bytes:
    """Make a ZIP; `end` overrides fields of the end record."""
    out, central = bytearray(before), bytearray()
    for piece in pieces:
        packed = piece.packed
        if packed is None:
            packed = piece.data if piece.method == 0 else deflated(piece.data)
        told = {
            "flags": piece.flags,
            "method": piece.method,
            "crc": zlib.crc32(piece.data) if piece.crc is None else piece.crc,
            "packed": len(packed) if piece.packed_size is None else piece.packed_size,
            "size": len(piece.data) if piece.size is None else piece.size,
        }
        offset = len(out) - len(before) if piece.offset is None else piece.offset
        central += b"PK\x01\x02" + struct.pack("<H", 0x031E)
        central += _common(told, piece.name, piece.extra)
        central += struct.pack("<3H2L", 0, piece.disk, 0, piece.mode << 16, offset)
        central += piece.name + piece.extra
        local_name = piece.name if piece.local_name is None else piece.local_name
        out += b"PK\x03\x04" + _common(told | piece.local, local_name, piece.local_extra)
        out += local_name + piece.local_extra + packed + piece.behind
    said = {
        "disk": 0,
        "first": 0,
        "here": len(pieces),
        "total": len(pieces),
        "size": len(central),
        "offset": len(out) - len(before),
        "comment": 0,
    } | (end or {})
    return bytes(out) + bytes(central) + b"PK\x05\x06" + struct.pack("<4H2LH", *said.values())


def _common(told: dict[str, int], name: bytes, extra: bytes) -> bytes:
    return struct.pack(
        "<5H3L2H",
        20,
        told["flags"],
        told["method"],
        0,
        0x21,
        told["crc"],
        told["packed"],
        told["size"],
        len(name),
        len(extra),
    )


def tar_of(*members: tuple[str, bytes], kind: bytes = tarfile.REGTYPE, form: int = 0) -> bytes:
    """Make a TAR of members of one kind, in one of the formats of the standard library."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=form) as archive:
        for name, content in members:
            info = tarfile.TarInfo(name)
            info.type = kind
            info.size = len(content) if kind == tarfile.REGTYPE else 0
            info.linkname = "/etc/passwd" if kind in {tarfile.SYMTYPE, tarfile.LNKTYPE} else ""
            archive.addfile(info, io.BytesIO(content))
    return out.getvalue()


def opened(
    folder: Path,
    octets: bytes,
    name: str = "tep.zip",
    *,
    words: tuple[str, ...] = (),
    limits: Limits | None = None,
) -> Parcel:
    """Open a lone file in a new scratch folder, and see that nothing was written elsewhere."""
    number = len(list(folder.iterdir()))
    scratch = folder / f"scratch{number}"
    scratch.mkdir()
    source = folder / f"source{number}"
    source.write_bytes(octets)
    keyring = Keyring(None, tuple(("*", word) for word in words))
    try:
        return unwrap_file(Means(source, scratch, limits or Limits(), keyring), octets, name)
    finally:
        assert all(path.is_file() and path.name.startswith("f") for path in scratch.iterdir())


def members(parcel: Parcel) -> list[File]:
    """List what was inside, without the container itself."""
    return [file for file in parcel.files if file.path != "1"]


def refused(parcel: Parcel) -> list[tuple[str, str]]:
    """List (path, reason) of what was refused."""
    return [(file.path, file.refused.value) for file in parcel.files if file.refused]
