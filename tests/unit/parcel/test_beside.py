"""A signature beside a file is named; it never counts unproven."""

from pathlib import Path

from mailbridge.model.limits import Limits
from mailbridge.parcel.unpacking import Means
from mailbridge.parcel.unwrap import unwrap_file


def test_a_signature_alone_proves_no_file(tmp_path: Path) -> None:
    der = bytes.fromhex("3080060a") + bytes.fromhex("06092a864886f70d010702") + b"\0" * 40
    parcel = unwrap_file(Means(tmp_path / "source", tmp_path, Limits()), der, "a.p7s")
    assert parcel.claims == ()
    assert parcel.unsupported == (("1", "cms-detached-file"),)
