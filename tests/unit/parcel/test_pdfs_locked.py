"""A locked PDF is never taken for one that was read."""

from pathlib import Path

from mailbridge.model.limits import Limits
from mailbridge.parcel.unpacking import Means
from mailbridge.parcel.unwrap import unwrap_file


def test_a_locked_pdf_shows_its_lock(tmp_path: Path) -> None:
    octets = b"%PDF-1.4\ntrailer <</Encrypt 1 0 R>>\n%%EOF\n"
    parcel = unwrap_file(Means(tmp_path / "source", tmp_path, Limits()), octets, "a.pdf")
    assert [(lock.form, lock.opened) for lock in parcel.locks] == [("pdf", False)]
