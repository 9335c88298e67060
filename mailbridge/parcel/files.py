"""What a file is opened as, by its true type: a table, and nothing that the mail says of it."""

from collections.abc import Callable

from mailbridge.model.errors import Reason, RefusedError
from mailbridge.model.parcel import File
from mailbridge.parcel import (
    cms_files,
    compressed,
    executables,
    offices,
    openpgp_files,
    packets,
    pdfs,
    rars,
    seven_zips,
    tars,
    tnef,
    uuencoded,
    zips,
)
from mailbridge.parcel.unpacking import Place, Unpacking

_OPENERS: dict[str, Callable[[Unpacking, File, Place], None]] = {
    "application/pdf": pdfs.open_pdf,
    "application/edxml+xml": packets.open_packet,
    "application/xml": packets.open_xml,
    "application/zip": zips.open_zip,
    "application/x-7z-compressed": seven_zips.open_7z,
    "application/vnd.rar": rars.open_rar,
    "application/x-ole-storage": offices.open_office,
    "application/ms-tnef": tnef.open_tnef,
    "application/x-msdownload": executables.open_executable,
    "text/x-uuencode": uuencoded.open_uuencoded,
    "application/x-tar": tars.open_tar,
    "application/gzip": compressed.open_gzip,
    "application/x-bzip2": compressed.open_bzip2,
    "application/x-xz": compressed.open_xz,
    "application/pgp-encrypted": openpgp_files.open_data,
    "application/pgp-signature": openpgp_files.open_signature,
    "application/pkcs7-mime": cms_files.open_file,
    "application/pkcs7-signature": cms_files.open_file,
}
# Containers that no kept library opens.
_CLOSED = {
    "application/vnd.ms-cab-compressed",
    "application/x-ace-compressed",
    "application/x-archive",
    "application/x-arj",
    "application/x-compress",
    "application/x-cpio",
    "application/x-iso9660-image",
    "application/x-lzh-compressed",
    "application/x-lzip",
    "application/zstd",
}


def open_file(work: Unpacking, file: File, place: Place) -> None:
    """Open a file that is listed; raises RefusedError where it must not be looked into."""
    opener = _OPENERS.get(file.type)
    if opener is not None:
        opener(work, file, place)
    elif file.type in _CLOSED:
        raise RefusedError(Reason.UNSUPPORTED, f"a container of type {file.type}")
