"""Files that are a CMS: signed or locked files as offices exchange them (`.p7m`, `.p7s`, PEM)."""

from mailbridge.model.errors import Reason, RefusedError
from mailbridge.model.parcel import File
from mailbridge.parcel import cms
from mailbridge.parcel.unpacking import Place, Unpacking


def open_file(work: Unpacking, file: File, place: Place) -> None:
    """Open a file that is a CMS; a detached signature waits for the file that it signs."""
    cms.open_cms(work, cms.Found(place, file.name), read(work, file))


def read(work: Unpacking, file: File) -> cms.Cms:
    """Read a file as a CMS; raises RefusedError where it is none or too large."""
    if file.size > work.limits.mail_size:
        raise RefusedError(Reason.TOO_LARGE, "a CMS beyond the limit")
    return cms.read((work.scratch / file.stored).read_bytes())
