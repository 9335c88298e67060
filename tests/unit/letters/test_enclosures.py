from pathlib import Path

import pytest

from mailbridge.letters.enclosures import CARRIED, enclosures
from mailbridge.model.errors import TryLaterError
from tests.unit.letters.sample import passed_on


def _sized(path: Path, size: int) -> Path:
    with path.open("wb") as opened:
        opened.truncate(size)
    return path


def test_files_fill_a_mail_across_its_notices(tmp_path: Path) -> None:
    blob = _sized(tmp_path / "blob", CARRIED // 2)
    found = enclosures(tuple(passed_on(repeated=n) for n in range(3)), lambda _: blob)
    assert [len(entry.attached) for entry in found.entries] == [1, 1, 0]
    assert [len(entry.left_out) for entry in found.entries] == [0, 0, 1]
    assert len(found.files) == 2


def test_file_that_vanishes_while_it_is_read_delays_the_notice(tmp_path: Path) -> None:
    blob = _sized(tmp_path / "blob", 10)
    found = enclosures((passed_on(),), lambda _: blob)
    blob.unlink()
    with pytest.raises(TryLaterError):
        list(found.parts())
