"""The reader reads what the opener left, and nothing else."""

from pathlib import Path

from mailbridge.actions.in_reader import read_parcel
from mailbridge.model.examination import ReadRequest
from mailbridge.model.limits import Limits


def test_a_subject_alone_is_read(tmp_path: Path) -> None:
    request = ReadRequest((), str(tmp_path), (), "[MẬT] x", None, Limits())
    assert read_parcel(request).secrecy == "MẬT"
