"""Where and how mails are examined: limits, child processes, and whom they may ask."""

from pathlib import Path
from typing import TYPE_CHECKING

from mailbridge.model.limits import MIB, Limits
from mailbridge.model.ocr import Ocr
from mailbridge.settings.schema import Settings
from mailbridge.settings.schema_of_examination import Examination, Reading

if TYPE_CHECKING:
    from mailbridge.actions.examine import Permissions, Rooms

_OPENER = "mailbridge.actions.in_opener:open_mail"
_READER = "mailbridge.actions.in_reader:read_parcel"


def limits(examination: Examination) -> Limits:
    """Take the limits of one examination from the settings."""
    return Limits(
        mail_size=examination.mail_mib * MIB,
        child_memory=examination.memory_mib * MIB,
        child_cpu=examination.cpu_seconds,
        child_wall=examination.wall_seconds,
    )


def machine(reading: Reading | None = None) -> Ocr | None:
    """Find the program that reads scans; None where it is not here, or not wanted."""
    from mailbridge.isolation import tesseract

    set_ = reading or Reading()
    program = tesseract.found() if set_.ocr == "auto" else None
    return Ocr(program, set_.pages, set_.seconds) if program else None


def rooms(
    folder: Path,
    readable: tuple[Path, ...],
    bounds: Limits,
    workers: int,
    ocr: Ocr | None = None,
) -> "Rooms":
    """Build the two pools of children; only the opener may read what is `readable`."""
    from mailbridge.actions.examine import Rooms
    from mailbridge.isolation.pool import Pool, Post

    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    opener = Post(_OPENER, (folder, *readable), bounds)
    # The reader starts tesseract, which is below /usr or wherever else it was found.
    program = (Path(ocr.program).resolve().parent,) if ocr else ()
    reader = Post(_READER, (folder, *program), bounds)
    return Rooms(Pool(opener, workers, folder), Pool(reader, workers, folder), folder, bounds, ocr)


def permissions(settings: Settings, cache: Path | None) -> "Permissions":
    """Build whom an examination may ask and believe; `cache` None keeps no answer on disk."""
    from mailbridge.actions.examine import Permissions
    from mailbridge.network.permitted import permitted

    asked, set_ = settings.network, settings.examination
    network = permitted(
        dns=asked.dns, revocation=asked.fetch_revocation, hosts=asked.allowed_hosts, cache=cache
    )
    return Permissions(network, set_.authserv_ids, set_.allow_3des)
