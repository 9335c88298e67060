"""The reader reads what the opener left, and nothing else."""

from pathlib import Path

from mailbridge.actions.in_reader import read_parcel
from mailbridge.model.examination import ReadRequest
from mailbridge.model.limits import Limits
from mailbridge.model.parcel import Text


def test_a_subject_alone_is_read(tmp_path: Path) -> None:
    request = ReadRequest((), str(tmp_path), (), "[MẬT] x", None, Limits())
    assert read_parcel(request).reading.secrecy == "MẬT"


def test_the_text_is_given_when_it_is_wanted_and_is_not_secret(tmp_path: Path) -> None:
    cover = (Text("", "text/plain", "Kính gửi"),)
    for subject, wanted, text in (("x", True, "Kính gửi"), ("x", False, ""), ("[MẬT] x", True, "")):
        request = ReadRequest((), str(tmp_path), cover, subject, None, Limits(), wanted)
        assert read_parcel(request).text == text
