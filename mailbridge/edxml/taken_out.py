"""Takes a document that was called back out of a file set that was written (Điều 10.2)."""

import hashlib
import json
import os
from pathlib import Path
from typing import Any

from mailbridge.edxml.file_set import MANIFEST, SUMS

# A manifest that fills the memory: others can write into a shared folder.
_SIZE = 64 * 1024 * 1024


def take_out(folder: Path, document_id: str) -> bool:
    """Erase the packet of a document, its line in the manifest and its digest; false if not there.

    What remains is a set whose digests hold. Raises OSError of a disk, ValueError where the folder
    holds something else than a set.
    """
    manifest = folder / MANIFEST
    if not manifest.is_file() or manifest.stat().st_size > _SIZE:
        return False
    said = json.loads(manifest.read_bytes())
    packets = [_packet(one) for one in said["documents"] if one.get("document_id") == document_id]
    if not packets:
        return False
    # The octets first: who dies behind this finds the line again, and nothing to erase.
    for packet in packets:
        (folder / packet).unlink(missing_ok=True)
    said["documents"] = [one for one in said["documents"] if one["document_id"] != document_id]
    octets = json.dumps(said, ensure_ascii=False, indent=2).encode() + b"\n"
    sums = _sums(folder / SUMS, {*packets, MANIFEST}, octets)
    _replace(folder / MANIFEST, octets)
    _replace(folder / SUMS, sums)
    return True


def _packet(entry: dict[str, Any]) -> str:
    name = str(entry["packet"])
    if Path(name).name != name or not name.endswith(".edxml"):
        # Hostile: a manifest that names files elsewhere would have us erase them.
        raise ValueError(f"no packet of a set: {name!r}")
    return name


def _sums(path: Path, changed: set[str], manifest: bytes) -> bytes:
    lines = path.read_text(encoding="utf-8").splitlines()
    kept = [line for line in lines if line.partition("  ")[2] not in changed]
    kept.append(f"{hashlib.sha256(manifest).hexdigest()}  {MANIFEST}")
    return "".join(f"{line}\n" for line in kept).encode()


def _replace(path: Path, octets: bytes) -> None:
    part = path.with_name(f".{path.name}.part")
    with part.open("wb") as out:
        out.write(octets)
        out.flush()
        os.fsync(out.fileno())
    part.replace(path)
