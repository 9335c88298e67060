"""Slips and stamped copies are printed by the number of the book."""

from pathlib import Path

import pypdfium2
import pytest

from tests.unit.actions.drafts import NEIGHBOUR
from tests.unit.cli.conftest import Run


@pytest.mark.parametrize(
    ("command", "said"),
    [
        ("phieu-giai-quyet", "PHIẾU GIẢI QUYẾT VĂN BẢN ĐẾN"),
        ("dau-den", "Bản sao để xem"),
    ],
)
def test_a_sheet_is_printed_once(run: Run, tmp_path: Path, command: str, said: str) -> None:
    file = tmp_path / "x.pdf"
    done = run("print", command, "1", "--to", str(file))
    assert done.exit_code == 0, done.output
    with pypdfium2.PdfDocument(file) as opened:
        assert said in opened[0].get_textpage().get_text_bounded()
    assert run("print", command, "1", "--to", str(file)).exit_code == 2
    assert run("print", command, "99", "--to", str(tmp_path / "y.pdf")).exit_code == 1


def test_the_cover_is_of_what_we_sent_and_names_to_whom(
    run: Run, office: Path, tmp_path: Path
) -> None:
    file = tmp_path / "x.pdf"
    done = run("print", "phieu-gui", "1", "--to", str(file))
    assert done.exit_code == 0, done.output
    with pypdfium2.PdfDocument(file) as opened:
        said = opened[0].get_textpage().get_text_bounded()
    assert "1-CV/ĐU" in said
    assert " ".join(said.split()).count(NEIGHBOUR.name) == 1
    other = run("print", "phieu-gui", "2", "--to", str(tmp_path / "y.pdf"))
    assert other.exit_code == 1
    assert office.exists()
    assert not (tmp_path / "y.pdf").exists()
