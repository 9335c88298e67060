"""mailbridge handover, as an administrator uses it."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.unit.cli.conftest import Run


def test_a_set_goes_out_and_its_answers_come_back(
    run: Run, ask: Callable[..., Any], tmp_path: Path
) -> None:
    out = tmp_path / "out"
    out.mkdir()
    said = run("handover", "export", "--to", str(out))
    assert said.exit_code == 0
    (folder,) = out.iterdir()
    assert f"Đã ghi 1 văn bản vào {folder}." in said.stdout.replace("\n", " ")
    assert "Không có văn bản nào chờ bàn giao" in run("handover", "export", "--to", str(out)).stdout
    (one,) = ask("handover", "list")
    answers = tmp_path / "in"
    answers.mkdir()
    table = f'document_id,number\n"{one["document_id"]}",77\n'
    (answers / "confirmations.csv").write_text(table, encoding="utf-8")
    assert run("handover", "import", str(answers)).exit_code == 0
    (one,) = ask("handover", "list", "--state", "confirmed")
    assert (one["state"], one["their_number"]) == ("confirmed", "77")


def test_a_broken_answer_is_named_and_nothing_is_written(run: Run, tmp_path: Path) -> None:
    (tmp_path / "confirmations.csv").write_text("document_id,number\n,\n")
    said = run("handover", "import", str(tmp_path))
    assert said.exit_code == 1
    assert "confirmations.csv: 2" in said.stderr


def test_a_folder_that_is_not_there_is_a_fault_of_usage(run: Run) -> None:
    assert run("handover", "export", "--to", "/nonexistent").exit_code == 2
    assert run("handover", "import", "/nonexistent").exit_code == 2
