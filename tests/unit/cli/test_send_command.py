"""mailbridge send says every hindrance, and where a document went."""

import json
from pathlib import Path

from tests.unit.actions.drafts import NEIGHBOUR, printed, signed
from tests.unit.cli.conftest import Run


def _file(folder: Path, octets: bytes) -> str:
    path = folder / "vb.pdf"
    path.write_bytes(octets)
    return str(path)


def test_an_unsigned_document_is_told_why_it_stays(run: Run, tmp_path: Path) -> None:
    done = run("send", _file(tmp_path, printed()), "--to", NEIGHBOUR.code)
    assert done.exit_code == 1
    assert "[cảnh báo] Văn bản chưa ký số" in done.output
    assert "--overrule" in done.output


def test_a_stranger_is_named(run: Run, tmp_path: Path) -> None:
    done = run("send", _file(tmp_path, signed(printed())), "--to", "DEMO.99", "--json")
    assert done.exit_code == 1
    assert "DEMO.99: không có trong danh bạ" in done.output


def test_a_file_that_is_not_there_is_a_fault_of_the_call(run: Run, tmp_path: Path) -> None:
    done = run("send", str(tmp_path / "absent.pdf"), "--to", NEIGHBOUR.code)
    assert done.exit_code == 2
    assert "absent.pdf" in done.output


def test_a_day_that_is_none_is_a_fault_of_the_call(run: Run, tmp_path: Path) -> None:
    done = run("send", _file(tmp_path, printed()), "--to", NEIGHBOUR.code, "--date", "24/11")
    assert done.exit_code == 2


def test_a_sent_document_is_told_with_its_number(run: Run, tmp_path: Path) -> None:
    overrule = ("--overrule", "thử", "--json")
    done = run("send", _file(tmp_path, signed(printed())), "--to", NEIGHBOUR.code, *overrule)
    assert done.exit_code == 0, done.output
    told = json.loads(done.stdout)
    assert (told["symbol"], told["number"]["ordinal"]) == ("1-CV/ĐU", 1)
