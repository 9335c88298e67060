"""What a file is opened as, by its true type: a table, and nothing that the mail says of it."""

from collections.abc import Callable

from mailbridge.model.parcel import File
from mailbridge.parcel import packets, pdfs
from mailbridge.parcel.unpacking import Place, Unpacking

_OPENERS: dict[str, Callable[[Unpacking, File, Place], None]] = {
    "application/pdf": pdfs.open_pdf,
    "application/edxml+xml": packets.open_packet,
    "application/xml": packets.open_xml,
}
# Recognised and named; until they are opened they hold the mail.
_UNSUPPORTED = {
    "application/pkcs7-mime": "cms-file",
    "application/pgp-encrypted": "openpgp",
    "application/zip": "archive",
    "application/vnd.rar": "archive",
    "application/x-7z-compressed": "archive",
    "application/gzip": "archive",
    "application/x-xz": "archive",
    "application/x-bzip2": "archive",
    "application/x-tar": "archive",
    "application/ms-tnef": "tnef",
}


def open_file(work: Unpacking, file: File, place: Place) -> None:
    """Open a file that is listed; raises RefusedError where it must not be looked into."""
    opener = _OPENERS.get(file.type)
    if opener is not None:
        opener(work, file, place)
    elif file.type in _UNSUPPORTED:
        work.unsupported.append((place.path, _UNSUPPORTED[file.type]))
