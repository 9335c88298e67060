"""Books are printed from the register, within days, and never over a file that is there."""

from pathlib import Path

import pypdfium2

from tests.unit.cli.conftest import Run


def _text(file: Path) -> str:
    with pypdfium2.PdfDocument(file) as opened:
        return " ".join(page.get_textpage().get_text_bounded() for page in opened)


def test_the_book_of_incoming_documents_is_printed(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "so.pdf"
    assert run("print", "so-den", "--to", str(file)).exit_code == 0
    assert "123-CV/VPTU" in _text(file)
    assert "đã có tệp này" in run("print", "so-den", "--to", str(file)).output
    assert run("print", "so-den", "--to", str(file), "--force").exit_code == 0


def test_how_documents_are_handled_is_printed(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "theo-doi.pdf"
    assert run("print", "theo-doi", "--to", str(file)).exit_code == 0
    assert "Đã đến" in _text(file) or "Đã tiếp nhận" in _text(file)


def test_days_without_documents_and_days_that_are_none_say_so(run: Run, tmp_path: Path) -> None:
    to = ("--to", str(tmp_path / "x.pdf"))
    none = run("print", "so-den", *to, "--from", "2001-01-01", "--until", "2001-01-02")
    assert none.exit_code == 1
    wrong = run("print", "so-den", *to, "--from", "2026-01-02", "--until", "2026-01-01")
    assert wrong.exit_code == 2
    assert run("print", "so-di", *to).exit_code == 1
    assert not (tmp_path / "x.pdf").exists()
