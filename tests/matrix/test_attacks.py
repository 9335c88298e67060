"""Every attack that docs/forms.md lists is held by tests that exist."""

import re
from pathlib import Path

from tests.matrix.table import DOCUMENT

TESTS = Path(__file__).parents[1]
_ROW = re.compile(r"^\| ([^|]+) \| (`test_[^|]+) \|$", re.MULTILINE)
_NAME = re.compile(r"`(test_\w+)`")


def test_every_attack_names_tests_that_are_there() -> None:
    there = {
        name
        for path in TESTS.rglob("test_*.py")
        for name in re.findall(r"^def (test_\w+)", path.read_text("utf-8"), re.MULTILINE)
    }
    rows = _ROW.findall(DOCUMENT.read_text(encoding="utf-8"))
    assert len(rows) >= 20
    missing = [(attack, n) for attack, cell in rows for n in _NAME.findall(cell) if n not in there]
    assert missing == []
