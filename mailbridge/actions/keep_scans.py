"""Keep scans: files that a person lays beside a paper document, examined before they are stored.

No level of secrecy may stay here (Điều 5.1), whoever brings it: a scan that bears a mark, or that
nobody could look into, is refused and nothing of it is kept.
"""

from datetime import datetime
from pathlib import Path

from mailbridge.actions.examine import Matter, examine
from mailbridge.actions.house import House
from mailbridge.isolation.pool import BugError, ChildDiedError
from mailbridge.model.errors import RefusedError
from mailbridge.model.parcel import File

_CHUNK = 1024 * 1024


class MarkedScanError(Exception):
    """A scan bears a mark of secrecy; the text is its name alone."""


class UnreadScanError(Exception):
    """A scan could not be looked into; the text is its name."""


def keep_scans(house: House, scans: tuple[Path, ...], now: datetime) -> tuple[File, ...]:
    """Store each scan durably; raises MarkedScanError, UnreadScanError, or OSError.

    All or none: what was stored before one of them is refused goes again.
    """
    kept = list[File]()
    try:
        for position, scan in enumerate(scans):
            kept.append(_put(house, position, scan))
            kept[-1] = _examined(house, kept[-1], now)
    except BaseException:
        for file in kept:
            house.let_go(file.sha256)
        raise
    house.blobs.sync()
    return tuple(kept)


def _put(house: House, position: int, scan: Path) -> File:
    with scan.open("rb") as octets, house.blobs.writer() as blob:
        while chunk := octets.read(_CHUNK):
            blob.write(chunk)
        fingerprint, size = blob.commit(), blob.size
    name = scan.name
    return File(str(position), name, name, size, fingerprint, "", "", stored=f"scan{position}")


def _examined(house: House, file: File, now: datetime) -> File:
    """Look into it as into an attachment; gives it with its true type."""
    source = house.blobs.path(file.sha256)
    matter = Matter(source, house.trust, now, None, form="any", name=file.name)
    try:
        with examine(house.rooms, matter) as examined:
            reading, opened = examined.examination.reading, examined.examination.opened
    except (RefusedError, ChildDiedError, BugError) as error:
        raise UnreadScanError(file.name) from error
    if reading.secrecy is not None:
        raise MarkedScanError(file.name)
    kind = opened.files[0].type if opened.files else "application/octet-stream"
    return File(
        file.path, file.name, file.name, file.size, file.sha256, kind, kind, stored=file.stored
    )
