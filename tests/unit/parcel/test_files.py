"""A file is opened as what it is, whatever it is called."""

from pathlib import Path

import pytest

from mailbridge.model.limits import Limits
from mailbridge.parcel.unpacking import Means
from mailbridge.parcel.unwrap import unwrap_file


@pytest.mark.parametrize("name", ["a.pdf", "a.txt", "a.zip"])
def test_the_name_does_not_decide(name: str, tmp_path: Path) -> None:
    octets = b"%PDF-1.4\n/ByteRange [0 1 2 3]\n%%EOF\n"
    means = Means(tmp_path / "source", tmp_path, Limits())
    assert [claim.form for claim in unwrap_file(means, octets, name).claims] == ["pades"]
