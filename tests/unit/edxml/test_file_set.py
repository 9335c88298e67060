"""File sets: whole or not there, the same again, and never taken for another's."""

import json
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from mailbridge.edxml import file_set
from mailbridge.model.errors import Reason, RefusedError
from tests.unit.edxml.handed import SET, packet_of


@pytest.fixture
def written(tmp_path: Path) -> Path:
    (tmp_path / "disk").mkdir()
    made, path_of = packet_of(tmp_path)
    return file_set.write(tmp_path / "disk", SET, [made], path_of)


def test_a_set_is_checked_by_the_ordinary_tool(written: Path) -> None:
    check = ["sha256sum", "--check", "--strict", "SHA256SUMS"]
    subprocess.run(check, cwd=written, check=True)
    assert written.name == "mailbridge-DEMO.02.07-00007"


def test_the_manifest_tells_our_number_and_what_the_document_is_worth(written: Path) -> None:
    manifest = json.loads((written / "manifest.json").read_text(encoding="utf-8"))
    (entry,) = manifest["documents"]
    assert (entry["number"], entry["book"], entry["verdict"]) == ("431/2026", "den", "legal")
    assert manifest["made_at"].endswith("+07:00")


def test_the_same_set_again_is_kept(tmp_path: Path, written: Path) -> None:
    before = {path.name: path.stat().st_mtime_ns for path in written.iterdir()}
    made, path_of = packet_of(tmp_path)
    assert file_set.write(tmp_path / "disk", SET, [made], path_of) == written
    assert {path.name: path.stat().st_mtime_ns for path in written.iterdir()} == before
    assert list((tmp_path / "disk").iterdir()) == [written]


def test_another_set_of_that_name_is_not_overwritten(tmp_path: Path, written: Path) -> None:
    made, path_of = packet_of(tmp_path)
    other = replace(made, document=replace(made.document, agency_name="Khác"))
    with pytest.raises(RefusedError) as refusal:
        file_set.write(tmp_path / "disk", SET, [other], path_of)
    assert refusal.value.reason is Reason.NUMBER_CONFLICT


def test_what_a_death_left_half_is_written_anew(tmp_path: Path) -> None:
    (tmp_path / "disk" / f".{SET.name}.part").mkdir(parents=True)
    (tmp_path / "disk" / f".{SET.name}.part" / "0001.edxml").write_bytes(b"half")
    made, path_of = packet_of(tmp_path)
    assert file_set.checked(file_set.write(tmp_path / "disk", SET, [made], path_of))


def test_a_changed_file_is_named(written: Path) -> None:
    with (written / "0001.edxml").open("ab") as file:
        file.write(b" ")
    with pytest.raises(RefusedError) as refusal:
        file_set.checked(written)
    assert refusal.value.detail == "0001.edxml"


def test_a_missing_file_is_named(written: Path) -> None:
    (written / "manifest.json").unlink()
    with pytest.raises(RefusedError) as refusal:
        file_set.checked(written)
    assert (refusal.value.reason, refusal.value.detail) == (Reason.VANISHED, "manifest.json")


def test_what_the_list_does_not_name_is_not_read(written: Path) -> None:
    (written / "confirmations.csv").write_text("document_id,number\nx,1\n")
    assert "confirmations.csv" not in {path.name for path in file_set.checked(written)}


@pytest.mark.parametrize("name", ["../x", "/etc/passwd", "a/b"])
def test_names_in_the_list_lead_nowhere_else(written: Path, name: str) -> None:
    (written / "SHA256SUMS").write_text(f"{'0' * 64}  {name}\n")
    with pytest.raises(RefusedError) as refusal:
        file_set.checked(written)
    assert refusal.value.reason is Reason.TRAVERSAL


def test_a_link_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "confirmations.csv").symlink_to("/etc/passwd")
    assert file_set.checked(tmp_path) == ()
