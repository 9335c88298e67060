"""A file is kept under a harmless name before it is looked into."""

from pathlib import Path

from mailbridge.actions.drafting import kept
from mailbridge.actions.house import House


def test_a_file_is_kept_octet_for_octet_under_a_safe_name(house: House, tmp_path: Path) -> None:
    path = tmp_path / "công\u202evăn:12.pdf"
    path.write_bytes(b"octets")
    file = kept(house, path)
    assert house.blobs.path(file.sha256).read_bytes() == b"octets"
    assert (file.name, file.size) == ("côngvăn_12.pdf", 6)
