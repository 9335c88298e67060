"""A document is taken out of a set that was written; what remains is a set whose digests hold."""

import hashlib
import json
from pathlib import Path

import pytest

from mailbridge.edxml.file_set import MANIFEST, SUMS, checked
from mailbridge.edxml.taken_out import take_out


def written(folder: Path) -> Path:
    """A set as `file_set` writes it, of two documents."""
    names = ("0001.edxml", "0002.edxml")
    for name in names:
        (folder / name).write_text(f"noi dung {name}", encoding="utf-8")
    listed = [{"packet": name, "document_id": f"D{name[3]}"} for name in names]
    manifest = {"format": "x", "documents": listed}
    (folder / MANIFEST).write_text(json.dumps(manifest), encoding="utf-8")
    sums = "".join(
        f"{hashlib.sha256((folder / name).read_bytes()).hexdigest()}  {name}\n"
        for name in (*names, MANIFEST)
    )
    (folder / SUMS).write_text(sums, encoding="utf-8")
    return folder


def test_its_packet_goes_and_the_digests_of_the_rest_hold(tmp_path: Path) -> None:
    folder = written(tmp_path)
    assert take_out(folder, "D1")
    assert sorted(path.name for path in checked(folder)) == ["0002.edxml", MANIFEST]
    assert not (folder / "0001.edxml").exists()
    assert "D1" not in (folder / MANIFEST).read_text(encoding="utf-8")
    assert not take_out(folder, "D1")


def test_a_set_that_is_there_no_more_has_nothing_to_erase(tmp_path: Path) -> None:
    assert not take_out(tmp_path / "away", "D1")


@pytest.mark.parametrize("name", ["../other.edxml", "/etc/passwd", "manifest.json"])
def test_a_manifest_that_names_files_elsewhere_erases_nothing(tmp_path: Path, name: str) -> None:
    folder = written(tmp_path)
    listed = {"documents": [{"packet": name, "document_id": "D1"}]}
    (folder / MANIFEST).write_text(json.dumps(listed), encoding="utf-8")
    with pytest.raises(ValueError, match="no packet"):
        take_out(folder, "D1")
    assert (folder / MANIFEST).exists()
