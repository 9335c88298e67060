"""Files that a command writes for people: whole or not at all, and never over another."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Annotated, BinaryIO

import typer

from mailbridge.cli.exits import UsageError

To = Annotated[Path, typer.Option("--to", help="File to write.")]
Force = Annotated[bool, typer.Option("--force", help="Write over a file that is there.")]


def write(file: Path, octets: bytes, *, force: bool = False) -> None:
    """Write a file in one step; raises UsageError where one is there, or it cannot be written."""
    with written(file, force=force) as opened:
        opened.write(octets)


@contextmanager
def written(file: Path, *, force: bool = False) -> Iterator[BinaryIO]:
    """Lend a file that gets its name when it is whole; what fails leaves nothing."""
    if not force and (file.exists() or file.is_symlink()):
        raise UsageError(f"{file}: đã có tệp này; chọn tên khác hoặc thêm --force.")
    try:
        with _put(file) as opened:
            yield opened
    except OSError as error:
        raise UsageError(f"{file}: không ghi được: {error.strerror}.") from error
    typer.echo(f"Đã ghi {file}.", err=True)


@contextmanager
def _put(file: Path) -> Iterator[BinaryIO]:
    descriptor, name = tempfile.mkstemp(prefix=".mailbridge-", dir=file.parent)
    part = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as opened:
            yield opened
            opened.flush()
            os.fsync(opened.fileno())
        part.replace(file)
    finally:
        with suppress(FileNotFoundError):
            part.unlink()
