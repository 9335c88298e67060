"""The trust folder of one check: what the contract names of it, laid where children may read."""

import shutil
from collections.abc import Iterator
from pathlib import Path

from mailbridge.cli.exits import UsageError
from mailbridge.model.limits import MIB

# `--trust /` given by mistake must not copy a disk, nor a folder of ours that grew beyond use.
FILES = 2_000
SIZE = 256 * MIB
_PARTS = ("roots", "certs", "crls", "pgp", "keys")
_FILES = ("agencies.toml", "passwords.toml", "dns.json")


def lay(folder: Path, place: Path) -> Path:
    """Copy the parts of a trust folder that there are; raises UsageError past the limits."""
    if not folder.is_dir():
        raise UsageError(f"{folder}: không có thư mục này.")
    place.mkdir()
    left, room = FILES, SIZE
    for file in _named(folder):
        left, room = left - 1, room - file.stat().st_size
        if left < 0 or room < 0:
            raise UsageError(
                f"{folder}: quá {FILES} tệp hoặc {SIZE // MIB} MiB trong {', '.join(_PARTS)}; "
                "hãy chỉ đúng thư mục tin cậy."
            )
        laid = place / file.relative_to(folder)
        laid.parent.mkdir(exist_ok=True)
        shutil.copyfile(file, laid)
    return place


def _named(folder: Path) -> Iterator[Path]:
    for part in _PARTS:
        # Whatever lies deeper is no part of the trust.
        yield from (one for one in sorted((folder / part).glob("*")) if one.is_file())
    yield from (folder / name for name in _FILES if (folder / name).is_file())
