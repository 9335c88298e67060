"""Evidence is shown whole, and printed as the register has it."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.unit.cli.conftest import Run


def test_every_record_is_told_with_its_digest(ask: Callable[..., Any], run: Run) -> None:
    (record,) = ask("evidence", "1")
    assert (record["sequence"], record["evidence"]["verdict"]) == (1, "legal")
    assert len(record["digest"]) == 64
    assert record["evidence"]["file_roles"] == {"2": ["seal"]}
    shown = run("evidence", "1/2026").stdout
    assert "Hồ sơ kiểm tra 1 của thư số 1" in shown


def test_a_record_is_printed(run: Run, tmp_path: Path) -> None:
    assert run("evidence", "1", "--pdf", str(tmp_path / "phieu.pdf")).exit_code == 0
    assert (tmp_path / "phieu.pdf").read_bytes().startswith(b"%PDF")


def test_what_cannot_be_shown_or_written_says_so(run: Run, tmp_path: Path) -> None:
    assert run("evidence", "99").exit_code == 1
    assert run("evidence", "1", "--pdf", str(tmp_path / "no" / "x.pdf")).exit_code == 2
