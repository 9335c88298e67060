"""Drafting: a draft is looked into as its recipient would, by the examination that mails have."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from mailbridge.actions.examine import Examined, Matter, examine
from mailbridge.actions.house import Chancery, House
from mailbridge.clock import in_vietnam
from mailbridge.mime import build
from mailbridge.mime.names import safe_name
from mailbridge.model.directory import Directory
from mailbridge.model.letter import Party
from mailbridge.model.reading import FieldName
from mailbridge.model.sending import Draft, DraftFile
from mailbridge.model.slot import Fingerprint

# So much of a file is written at a time.
_CHUNK = 1024 * 1024


def kept(house: House, path: Path) -> DraftFile:
    """Put a file into the blob store; raises OSError."""
    with path.open("rb") as octets, house.blobs.writer() as blob:
        while chunk := octets.read(_CHUNK):
            blob.write(chunk)
        fingerprint, size = blob.commit(), blob.size
    return DraftFile(safe_name(path.name, house.rooms.limits), size, fingerprint)


@dataclass(frozen=True, slots=True)
class Looked:
    """A draft that was looked into, and as whom it is sent."""

    draft: Draft
    chancery: Chancery
    own: Party
    directory: Directory

    @property
    def sender(self) -> str:
        """Our mailbox as the directory has it: whoever is not enrolled proves nothing."""
        own = self.directory.by_code(self.chancery.code)
        enrolled = own.mailboxes if own else ()
        address = self.own.address
        return address if address in enrolled or not enrolled else enrolled[0]


@contextmanager
def examined(house: House, looked: Looked, now: datetime) -> Iterator[Examined]:
    """Examine the draft as the mail that it would be, unsigned: its files alone must prove it.

    Raises RefusedError, ChildDiedError or BugError, as every examination.
    """
    laid = _laid(house, looked, now)
    try:
        matter = Matter(
            house.blobs.path(laid),
            house.trust,
            now,
            looked.directory,
            required=looked.chancery.office.required,
            keys=looked.chancery.keys,
            permissions=house.permissions,
            searched=True,
        )
        with examine(house.rooms, matter) as found:
            yield found
    finally:
        # It was never sent and belongs to no row: what is drafted leaves nothing behind.
        house.blobs.erase(laid)


def _laid(house: House, looked: Looked, now: datetime) -> Fingerprint:
    """Write the draft as a mail where the opener may read it."""
    draft = looked.draft
    said = draft.subject or draft.fields.get(FieldName.SUMMARY, "")
    headers = (
        build.address_field("From", looked.sender, looked.own.name),
        build.field("Subject", said),
        build.date_field("Date", in_vietnam(now)),
        b"MIME-Version: 1.0\r\n",
    )
    files = (
        build.stored_file(
            "application/octet-stream", file.name, house.blobs.path(file.sha256)
        ).octets()
        for file in draft.files
    )
    limit = build.boundary("draft", *(file.sha256 for file in draft.files))
    body = build.multipart("multipart/mixed", limit, files, {}).octets()
    with house.blobs.writer() as blob:
        for octets in (*headers, body):
            for start in range(0, len(octets), _CHUNK):
                blob.write(octets[start : start + _CHUNK])
        return blob.commit()
