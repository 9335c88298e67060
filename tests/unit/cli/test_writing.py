"""Files are written whole, and never over another unless it is said."""

from pathlib import Path

import pytest

from mailbridge.cli.exits import UsageError
from mailbridge.cli.writing import write


def test_a_file_is_never_written_over_unless_forced(tmp_path: Path) -> None:
    file = tmp_path / "so.pdf"
    write(file, b"1")
    with pytest.raises(UsageError, match="--force"):
        write(file, b"2")
    assert file.read_bytes() == b"1"
    write(file, b"2", force=True)
    assert [one.read_bytes() for one in tmp_path.iterdir()] == [b"2"]


def test_what_cannot_be_written_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="không ghi được"):
        write(tmp_path / "no" / "x.pdf", b"1")
    (tmp_path / "folder").mkdir()
    with pytest.raises(UsageError, match="không ghi được"):
        write(tmp_path / "folder", b"1", force=True)
    assert [one.name for one in tmp_path.iterdir()] == ["folder"]
