"""Files that a command writes for people: whole or not at all, and never over another."""

import os
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Annotated

import typer

from mailbridge.cli.exits import UsageError

To = Annotated[Path, typer.Option("--to", help="File to write.")]
Force = Annotated[bool, typer.Option("--force", help="Write over a file that is there.")]


def write(file: Path, octets: bytes, *, force: bool = False) -> None:
    """Write a file in one step; raises UsageError where one is there, or it cannot be written."""
    if not force and (file.exists() or file.is_symlink()):
        raise UsageError(f"{file}: đã có tệp này; chọn tên khác hoặc thêm --force.")
    try:
        _put(file, octets)
    except OSError as error:
        raise UsageError(f"{file}: không ghi được: {error.strerror}.") from error
    typer.echo(f"Đã ghi {file}.", err=True)


def _put(file: Path, octets: bytes) -> None:
    descriptor, name = tempfile.mkstemp(prefix=".mailbridge-", dir=file.parent)
    written = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as opened:
            opened.write(octets)
            opened.flush()
            os.fsync(opened.fileno())
        written.replace(file)
    finally:
        with suppress(FileNotFoundError):
            written.unlink()
