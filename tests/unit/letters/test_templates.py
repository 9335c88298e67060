from pathlib import Path

import pytest
from jinja2 import UndefinedError

from mailbridge.letters.templates import render


def _template(folder: Path, text: str) -> Path:
    (folder / "a.txt").write_text(text, "utf-8")
    return folder


def test_unknown_name_in_a_template_is_no_empty_space(tmp_path: Path) -> None:
    with pytest.raises(UndefinedError):
        render(_template(tmp_path, "{{ nothing }}"), "a.txt")


def test_value_stays_on_its_line_and_is_cut_visibly(tmp_path: Path) -> None:
    told = render(_template(tmp_path, "{{ a }}\n{{ b }}"), "a.txt", a="x\ny", b="z" * 9_000)
    assert told.splitlines()[0] == "x y"
    assert told.endswith("(đã cắt bớt)")
    assert len(told.splitlines()) == 2
