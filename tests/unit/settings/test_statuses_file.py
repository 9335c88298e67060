"""The file of the statuses, and one sentence for each fault."""

import re
from pathlib import Path

import pytest

from mailbridge.settings.statuses_file import SHIPPED, StatusesFileError, read


def test_the_reference_of_statuses_is_what_is_shipped() -> None:
    config = Path(__file__).parents[3] / "config" / "statuses.toml"
    assert config.resolve() == SHIPPED.resolve()
    codes = {row.code for row in read(SHIPPED)}
    assert {"01", "02", "03", "04", "05", "06", "13", "15", "16"} <= codes


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("", "status"),
        ("[[status]]\ncode = '4'\nname = 'a'\nlabel = 'b'\nsetter = 'office'", "status[0].code"),
        ("[[status]]\ncode = '04'\nname = 'a'\nlabel = 'b'\nsetter = 'ai'", "status[0].setter"),
        ("[[states]]", "status"),
        ("x = ", "TOML"),
    ],
)
def test_each_fault_of_a_status_names_its_place(tmp_path: Path, text: str, named: str) -> None:
    (tmp_path / "s.toml").write_text(text)
    with pytest.raises(StatusesFileError, match=re.escape(named)):
        read(tmp_path / "s.toml")


def test_a_file_of_statuses_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(StatusesFileError, match=r"none\.toml: không đọc được"):
        read(tmp_path / "none.toml")
