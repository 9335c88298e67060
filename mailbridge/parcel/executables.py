"""Programs that carry an archive behind them (self-extracting): what is inside is opened."""

from mailbridge.model.errors import Reason, RefusedError
from mailbridge.model.parcel import File
from mailbridge.parcel import rars, zips
from mailbridge.parcel.container import mapped
from mailbridge.parcel.unpacking import Place, Unpacking
from mailbridge.parcel.zip_directory import has_directory

_SEVEN_ZIP = b"7z\xbc\xaf\x27\x1c"
# The programs of 7-Zip are smaller than this.
_STUB = 1024 * 1024


def open_executable(work: Unpacking, file: File, place: Place) -> None:
    """Open the archive behind a program, if there is one; raises RefusedError as its form does."""
    with mapped(work, file) as octets:
        is_zip, is_rar = has_directory(octets), rars.mark_of(octets) >= 0
        is_7z = octets.find(_SEVEN_ZIP, 0, _STUB) != -1
    if is_zip or is_rar or is_7z:
        work.remark(file.path, "tệp chương trình tự giải nén")
    if is_zip:
        zips.open_zip(work, file, place)
    elif is_rar:
        rars.open_rar(work, file, place)
    elif is_7z:
        raise RefusedError(Reason.UNSUPPORTED, "a 7z behind a program")
