"""Octets into an examination: opened, proven and read. Writes nothing and decides nothing.

`receive` and `mailbridge check` share it, and it alone crosses into the child processes, whose
side is in `in_opener` and `in_reader` (imported there alone: their libraries are heavy).
"""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Literal

from mailbridge.isolation.pool import Pool
from mailbridge.model import codec
from mailbridge.model.directory import Directory
from mailbridge.model.examination import Examination, Opened, OpenRequest, ReadRequest
from mailbridge.model.limits import Limits
from mailbridge.model.reading import Reading


@dataclass(frozen=True, slots=True)
class Rooms:
    """Where examinations happen: the two pools of children, and the folder of their scratch."""

    opener: Pool
    reader: Pool
    folder: Path
    limits: Limits


@dataclass(frozen=True, slots=True)
class Matter:
    """What is to be examined, and as of when."""

    source: Path
    trust: Path
    at: datetime
    directory: Directory | None
    form: Literal["mail", "any"] = "mail"
    name: str = ""
    content: Path | None = None
    first_receipt: datetime | None = None
    passwords: tuple[tuple[str, str], ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True)
class Examined:
    """The examination and the folder in which the unpacked files lie until the block ends."""

    examination: Examination
    folder: Path


@contextmanager
def examine(rooms: Rooms, matter: Matter) -> Iterator[Examined]:
    """Open and read; raises RefusedError, or ChildDiedError when a child did not survive it."""
    with rooms.opener.lease() as opener:
        request = _open_request(rooms, matter, opener.scratch)
        opened = opener.call(request, Opened)
        yield Examined(Examination(opened, _read(rooms, opened, opener.scratch)), opener.scratch)


def _read(rooms: Rooms, opened: Opened, scratch: Path) -> Reading:
    request = ReadRequest(
        files=opened.files,
        scratch=str(scratch),
        texts=opened.texts,
        subject=opened.mail.subject if opened.mail else "",
        edxml=opened.edxml,
        limits=rooms.limits,
    )
    with rooms.reader.lease() as reader:
        return reader.call(request, Reading)


def _open_request(rooms: Rooms, matter: Matter, scratch: Path) -> OpenRequest:
    return OpenRequest(
        source=str(matter.source),
        scratch=str(scratch),
        trust=str(matter.trust),
        directory=str(_written(rooms.folder, matter.directory)) if matter.directory else "",
        at=matter.at,
        limits=rooms.limits,
        form=matter.form,
        name=matter.name,
        content=str(matter.content) if matter.content else "",
        first_receipt=matter.first_receipt,
        passwords=matter.passwords,
    )


def _written(folder: Path, directory: Directory) -> Path:
    """Lay the directory beside the scratch folders, named by its digest, for children to read."""
    octets = codec.encode(Directory, directory)
    path = folder / f"directory-{hashlib.sha256(octets).hexdigest()[:16]}.json"
    if not path.exists():
        path.write_bytes(octets)
    return path
