"""The book and one document are written for other programs, once and whole."""

import json
import zipfile
from pathlib import Path

from typer.testing import CliRunner

from mailbridge.cli.app import app
from tests.unit.cli.conftest import Run


def test_the_book_is_written_in_each_form(run: Run, tmp_path: Path) -> None:
    for form in ("xlsx", "csv", "jsonl"):
        file = tmp_path / f"so.{form}"
        assert run("export", "--format", form, "--to", str(file)).exit_code == 0
        assert run("export", "--format", form, "--to", str(file)).exit_code == 2
    assert zipfile.is_zipfile(tmp_path / "so.xlsx")
    assert "123-CV/VPTU" in (tmp_path / "so.csv").read_text("utf-8-sig")
    assert json.loads((tmp_path / "so.jsonl").read_text("utf-8"))["symbol"] == "123-CV/VPTU"


def test_what_is_asked_wrongly_is_told(run: Run, tmp_path: Path) -> None:
    assert "--to" in run("export").output
    wrong = run("export", "--format", "csv", "--to", str(tmp_path / "x"), "--delimiter", "ab")
    assert wrong.exit_code == 2


def test_a_document_is_written_with_all_that_belongs_to_it(filled: Path, tmp_path: Path) -> None:
    config, file = filled, tmp_path / "vb.zip"
    command = ["export", "document", "1", "--to", str(file), "--config", str(config)]
    done = CliRunner().invoke(app, command)
    assert done.exit_code == 0, done.output
    with zipfile.ZipFile(file) as opened:
        assert "SHA256SUMS" in opened.namelist()
    assert CliRunner().invoke(app, command).exit_code == 2
    missing = [*command[:2], "99", *command[3:]]
    assert CliRunner().invoke(app, missing).exit_code == 1
