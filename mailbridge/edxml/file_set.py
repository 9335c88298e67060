"""File sets for a shared folder or a removable disk between two networks (Điều 6.4).

A set is one folder: `0001.edxml` and so on, `manifest.json` with our numbers and verdicts, and
`SHA256SUMS` as `sha256sum --check` reads it. It is there whole or not at all.
"""

import hashlib
import json
import os
import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Any

from mailbridge.clock import in_vietnam
from mailbridge.edxml import packet
from mailbridge.model.errors import Reason, RefusedError
from mailbridge.model.handover import HandoverSet, Packet, PacketFile, document_id
from mailbridge.model.slot import Fingerprint

FORMAT = "mailbridge-handover/1"
SUMS = "SHA256SUMS"
MANIFEST = "manifest.json"
_PIECE = 1024 * 1024
# A folder of a million files is an attack on whoever lists it.
_FILES = 10_000


def write(
    folder: Path, set_: HandoverSet, packets: Iterable[Packet], path_of: Callable[[str], Path]
) -> Path:
    """Write the set beside its final place and rename it there; one that is there is kept.

    Raises RefusedError where something else lies under its name, OSError from a disk.
    """
    final = folder / set_.name
    part = folder / f".{set_.name}.part"
    shutil.rmtree(part, ignore_errors=True)
    part.mkdir()
    try:
        _fill(part, set_, tuple(packets), path_of)
        if final.exists():
            _refuse_another(part, final)
        else:
            part.rename(final)
            _sync(folder)
    finally:
        shutil.rmtree(part, ignore_errors=True)
    return final


def _fill(
    part: Path, set_: HandoverSet, packets: tuple[Packet, ...], path_of: Callable[[str], Path]
) -> None:
    written = []
    for number, each in enumerate(packets, 1):
        name = f"{number:04d}.edxml"
        with _durable(part / name) as out:
            packet.write(out, each, path_of)
        written.append(_file(part / name))
    manifest = json.dumps(_manifest(set_, packets, written), ensure_ascii=False, indent=2)
    with _durable(part / MANIFEST) as out:
        out.write(manifest.encode() + b"\n")
    sums = "".join(f"{one.sha256}  {one.name}\n" for one in (*written, _file(part / MANIFEST)))
    with _durable(part / SUMS) as out:
        out.write(sums.encode())
    _sync(part)


def _manifest(
    set_: HandoverSet, packets: tuple[Packet, ...], files: Iterable[PacketFile]
) -> dict[str, Any]:
    documents = [_entry(each, file) for each, file in zip(packets, files, strict=True)]
    return {
        "format": FORMAT,
        "set": set_.name,
        "office": set_.office,
        "made_at": in_vietnam(set_.made_at).isoformat(),
        "documents": documents,
    }


def _entry(each: Packet, file: PacketFile) -> dict[str, Any]:
    document = each.document
    return {
        "packet": file.name,
        "size": file.size,
        "sha256": file.sha256,
        "document_id": document_id(document),
        "agency": document.key.agency,
        "symbol": document.key.symbol,
        "issued": document.key.date,
        "book": document.number.book if document.number else None,
        "number": str(document.number) if document.number else None,
        "entered_at": in_vietnam(document.entered_at).isoformat() if document.entered_at else None,
        "verdict": document.verdict.value,
        "files": [
            {"name": one.name, "size": one.size, "sha256": one.sha256}
            for one in packet.handed(each)
        ],
    }


def checked(folder: Path) -> tuple[Path, ...]:
    """List the files of a set whose digests hold; raises RefusedError naming the first that fails.

    A set without SHA256SUMS came from a system that writes none: its files are taken as they are.
    """
    there = {
        one.name: one
        for one in sorted(islice(folder.iterdir(), _FILES))
        if one.is_file() and not one.is_symlink()
    }
    sums = there.pop(SUMS, None)
    if sums is None:
        return tuple(there.values())
    stated = dict(_stated(sums))
    for name, digest in stated.items():
        if name not in there:
            raise RefusedError(Reason.VANISHED, name)
        if _file(there[name]).sha256 != digest:
            raise RefusedError(Reason.MALFORMED, name)
    # What the list does not name was laid there by somebody else.
    return tuple(path for name, path in there.items() if name in stated)


def _stated(sums: Path) -> Iterator[tuple[str, str]]:
    for line in sums.read_text(encoding="utf-8", errors="replace").splitlines():
        digest, _, name = line.partition("  ")
        name = name.removeprefix("*")
        if not name or Path(name).name != name:
            raise RefusedError(Reason.TRAVERSAL, SUMS)
        yield name, digest.lower()


def _refuse_another(part: Path, final: Path) -> None:
    try:
        same = (part / SUMS).read_bytes() == (final / SUMS).read_bytes()
        same = same and len(checked(final)) > 0
    except (OSError, RefusedError):
        same = False
    if not same:
        raise RefusedError(Reason.NUMBER_CONFLICT, final.name)


def _file(path: Path) -> PacketFile:
    digest, size = hashlib.sha256(), 0
    with path.open("rb") as octets:
        while piece := octets.read(_PIECE):
            digest.update(piece)
            size += len(piece)
    return PacketFile(path.name, size, Fingerprint(digest.hexdigest()))


@contextmanager
def _durable(path: Path) -> Iterator[Any]:
    """Write a new file, on the disk when the block ends: a removable one is soon pulled out."""
    with path.open("xb") as out:
        yield out
        out.flush()
        os.fsync(out.fileno())


def _sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
