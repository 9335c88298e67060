"""What slips and view copies of one document show, and what the child that draws pages is asked."""

from dataclasses import dataclass
from datetime import datetime

from mailbridge.model.directory import Agency
from mailbridge.model.document import Document
from mailbridge.model.parcel import File
from mailbridge.model.status import StatusChange


@dataclass(frozen=True, slots=True)
class Slip:
    """One document with our own agency, for whom something is printed about it."""

    own: Agency
    # Name of the agency above it.
    above: str
    document: Document
    # Key of the document as other systems know it.
    key: str
    printed_at: datetime
    history: tuple[StatusChange, ...] = ()
    # Names of those to whom it was sent by mail.
    recipients: tuple[str, ...] = ()

    @property
    def main(self) -> File | None:
        """The file taken for the main document, else the first."""
        files = self.document.files
        main = self.document.reading.main
        return next((one for one in files if one.path == main), files[0] if files else None)


@dataclass(frozen=True, slots=True)
class DrawRequest:
    """A PDF whose first pages are wanted as pictures, written into `scratch`."""

    path: str
    scratch: str
    pages: int


@dataclass(frozen=True, slots=True)
class Picture:
    """A page as RGB samples in a file of `width` x `height` x 3 octets; its size in points."""

    file: str
    width: int
    height: int
    points: tuple[float, float]


@dataclass(frozen=True, slots=True)
class Drawn:
    """Pages as pictures, how many there are in all, and where a stamp covers nothing.

    `free` is the left upper corner in millimetres from the left upper corner of the first page.
    """

    pages: tuple[Picture, ...]
    total: int
    free: tuple[float, float] | None
