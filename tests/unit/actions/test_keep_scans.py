"""Scans of paper documents: looked into before they stay, and gone where they must not."""

from datetime import date
from pathlib import Path

import pytest

from mailbridge.actions.house import House
from mailbridge.actions.keep_scans import MarkedScanError, UnreadScanError, keep_scans
from mailbridge.demo.papers import Paper, pdf
from tests.unit.provenance.samples import NOW, paper

MARKED = Paper("9", "CV/VPTU", date(2026, 11, 20), "về việc thử", secrecy="MẬT")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "scans"
    made.mkdir()
    return made


def _blobs(house: House) -> list[str]:
    folder = house.blobs.path("0" * 64).parent
    return sorted(path.name for path in folder.iterdir() if not path.name.startswith("."))


def test_a_scan_is_kept_with_its_true_type(house: House, folder: Path) -> None:
    (folder / "quet.jpg").write_bytes(paper())
    (kept,) = keep_scans(house, (folder / "quet.jpg",), NOW)
    assert (kept.name, kept.type) == ("quet.jpg", "application/pdf")
    assert kept.stored
    assert house.blobs.path(kept.sha256).read_bytes() == paper()


def test_a_marked_scan_leaves_nothing_of_itself_and_of_those_beside_it(
    house: House, folder: Path
) -> None:
    (folder / "a.pdf").write_bytes(paper())
    (folder / "b.pdf").write_bytes(pdf(MARKED))
    with pytest.raises(MarkedScanError, match=r"b\.pdf"):
        keep_scans(house, (folder / "a.pdf", folder / "b.pdf"), NOW)
    assert _blobs(house) == []


def test_what_cannot_be_looked_into_is_not_kept(house: House, folder: Path) -> None:
    # Its form is seen by its first octets, and nothing behind them fits.
    (folder / "a.eml").write_bytes(b"From: a@b.vn\r\n" + b"Received: x\r\n" * 5000 + b"\r\n")
    with pytest.raises(UnreadScanError, match=r"a\.eml"):
        keep_scans(house, (folder / "a.eml",), NOW)
    assert _blobs(house) == []


def test_a_scan_that_is_not_there_is_named(house: House, folder: Path) -> None:
    with pytest.raises(OSError, match=r"none\.pdf"):
        keep_scans(house, (folder / "none.pdf",), NOW)
