"""The file of the rules' data, and one sentence for each fault."""

import re
from pathlib import Path

import pytest

from mailbridge.settings.rules_file import SHIPPED, RulesFileError, read


def test_the_reference_is_what_is_shipped() -> None:
    config = Path(__file__).parents[3] / "config"
    for name in ("rules.toml", "calendar.toml"):
        assert (config / name).resolve() == (SHIPPED / name).resolve()
    assert read(SHIPPED / "rules.toml").paper


def test_an_empty_file_decides_nothing(tmp_path: Path) -> None:
    (tmp_path / "r.toml").write_text("")
    assert read(tmp_path / "r.toml").paper == ()


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("[[paper]]\ncode = '1'", "paper[0].ground"),
        ("[[papers]]\n", "papers"),
        ("[[handling]]\ndays = 0", "handling[0].days"),
        ("[[handling]]\ndays = 3\nurgency = 'gấp'", "handling[0].urgency"),
        ("[urgent_minutes]\nurgent = 0", "urgent_minutes.urgent"),
        ("[[authority]]\nissuer = 'a'\ntypes = []\nsource = 'b'", "authority[0].types"),
        ("x = ", "TOML"),
    ],
)
def test_each_fault_names_its_place(tmp_path: Path, text: str, named: str) -> None:
    (tmp_path / "r.toml").write_text(text)
    with pytest.raises(RulesFileError, match=re.escape(named)):
        read(tmp_path / "r.toml")


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(RulesFileError, match=r"none\.toml: không đọc được"):
        read(tmp_path / "none.toml")
