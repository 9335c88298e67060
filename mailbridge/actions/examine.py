"""Octets into an examination: opened, proven and read. Writes nothing and decides nothing.

`receive` and `mailbridge check` share it, and it alone crosses into the child processes, whose
side is in `in_opener` and `in_reader` (imported there alone: their libraries are heavy).
"""

import hashlib
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Literal, Protocol

from mailbridge.actions.comparing import Standards, compared
from mailbridge.isolation.pool import Child, Pool
from mailbridge.model import codec
from mailbridge.model.directory import Directory
from mailbridge.model.examination import (
    WANTS,
    Examination,
    Got,
    Opened,
    OpenRequest,
    Read,
    ReadRequest,
    Want,
    WantKind,
)
from mailbridge.model.incident import Incident
from mailbridge.model.limits import Limits
from mailbridge.model.ocr import Ocr
from mailbridge.rules.regulation import Regulation
from mailbridge.rules.required import Requirement

# The list of a certificate may name another certificate, whose list is wanted then; no chain that
# serves people needs more, and a hostile one must not have us ask for ever.
ROUNDS = 2


class Network(Protocol):
    """Who asks the outside what the children, who have no network, want to know."""

    @property
    def kinds(self) -> frozenset[WantKind]:
        """What may be asked at all."""

    def known(self) -> tuple[Got, ...]:
        """Give the fresh answers at hand that are cheap to pass on unasked."""

    def ask(self, wants: tuple[Want, ...]) -> tuple[Got, ...]:
        """Answer each want, within a time of its own; what nobody answered `failed`."""


@dataclass(frozen=True, slots=True)
class Rooms:
    """Where examinations happen: the two pools of children, and the folder of their scratch."""

    opener: Pool
    reader: Pool
    folder: Path
    limits: Limits
    # Machine reading of scans; None: they stay unread.
    ocr: Ocr | None = None
    # The directory as it was laid last, and where.
    laid: dict[str, tuple[Directory, Path]] = field(default_factory=dict, compare=False)


@dataclass(frozen=True, slots=True)
class Permissions:
    """Whom an examination may ask and believe, and what it may open; by default nobody, nothing."""

    # None: nothing is asked of the network, and nothing is wanted.
    network: Network | None = None
    # Our own servers whose Authentication-Results are believed (RFC 8601 §2.5).
    authserv_ids: tuple[str, ...] = ()
    # RFC 8551 §2.7
    allow_3des: bool = False


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
    # Whose signatures the office requires, by agency kind and type (Điều 4.1).
    required: tuple[Requirement, ...] = ()
    # Folder of our private keys; None: `keys/` of the trust folder.
    keys: Path | None = None
    # Our own agency, and the rules that a document sent to it is held to; none in `check`.
    own: str = ""
    regulation: Regulation | None = None
    incidents: tuple[Incident, ...] = ()
    permissions: Permissions = field(default_factory=Permissions)
    # Whether it goes into the register, whose search wants the whole text.
    searched: bool = False


@dataclass(frozen=True, slots=True)
class Examined:
    """The examination and the folder in which the unpacked files lie until the block ends."""

    examination: Examination
    folder: Path
    # What is searched of the documents; empty where a mark of secrecy was read.
    text: str = ""


@contextmanager
def examine(rooms: Rooms, matter: Matter) -> Iterator[Examined]:
    """Open and read; raises RefusedError, or ChildDiedError when a child did not survive it."""
    with rooms.opener.lease() as opener:
        request = _open_request(rooms, matter, opener.scratch)
        opened = _opened(opener, request, matter.permissions.network)
        read = _read(rooms, opened, opener.scratch, searched=matter.searched)
        held = compared(opened, read.reading, _standards(matter))
        yield Examined(Examination(held, read.reading), opener.scratch, read.text)


def _standards(matter: Matter) -> Standards:
    directory = matter.directory or Directory()
    return Standards(
        directory=directory,
        # What is examined again is held to the rules of the day on which it came.
        at=matter.first_receipt or matter.at,
        required=matter.required,
        own=directory.by_code(matter.own) if matter.own else None,
        regulation=matter.regulation,
        incidents=matter.incidents,
    )


def _opened(opener: Child, request: OpenRequest, network: Network | None) -> Opened:
    """Open; where the network could tell more, ask it and open again with its answers."""
    if network is None:
        return opener.call(request, Opened)
    got = known = network.known()
    opened = opener.call(replace(request, got=got), Opened)
    for _ in range(ROUNDS):
        # What a child says was made from hostile octets: its own limit is held here too.
        permitted = tuple(want for want in opened.wanted if want.kind in network.kinds)
        wanted = _unasked(permitted, got)[: WANTS + len(known) - len(got)]
        if not wanted:
            break
        got += network.ask(wanted)
        # The files of the round before would be counted, and found, twice.
        opener.empty()
        opened = opener.call(replace(request, got=got), Opened)
    return opened


def _unasked(wanted: tuple[Want, ...], got: tuple[Got, ...]) -> tuple[Want, ...]:
    answered = {each.want for each in got}
    return tuple(want for want in dict.fromkeys(wanted) if want not in answered)


def _read(rooms: Rooms, opened: Opened, scratch: Path, *, searched: bool) -> Read:
    request = ReadRequest(
        files=opened.files,
        scratch=str(scratch),
        texts=opened.texts,
        subject=opened.mail.subject if opened.mail else "",
        edxml=opened.edxml,
        limits=rooms.limits,
        ocr=rooms.ocr,
        searched=searched,
    )
    with rooms.reader.lease() as reader:
        return reader.call(request, Read)


def _open_request(rooms: Rooms, matter: Matter, scratch: Path) -> OpenRequest:
    return OpenRequest(
        source=str(matter.source),
        scratch=str(scratch),
        trust=str(matter.trust),
        keys=str(matter.keys or ""),
        directory=str(_written(rooms, matter.directory)) if matter.directory else "",
        at=matter.at,
        limits=rooms.limits,
        form=matter.form,
        name=matter.name,
        content=str(matter.content) if matter.content else "",
        first_receipt=matter.first_receipt,
        passwords=matter.passwords,
        authserv_ids=matter.permissions.authserv_ids,
        allow_3des=matter.permissions.allow_3des,
    )


def _written(rooms: Rooms, directory: Directory) -> Path:
    """Lay the directory beside the scratch folders, named by its digest, for children to read."""
    known = rooms.laid.get("directory")
    if known is not None and known[0] is directory and known[1].exists():
        return known[1]
    octets = codec.encode(Directory, directory)
    path = rooms.folder / f"directory-{hashlib.sha256(octets).hexdigest()[:16]}.json"
    if not path.exists():
        # Two examiners may lay it at once: a child never reads one that is half written.
        part = path.with_suffix(f".{threading.get_ident()}")
        part.write_bytes(octets)
        part.replace(path)
    rooms.laid["directory"] = (directory, path)
    return path
