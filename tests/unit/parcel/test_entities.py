"""The parts of a mail come out each at its place."""

from pathlib import Path

from mailbridge.mime.parse import parse
from mailbridge.model.limits import Limits
from mailbridge.model.parcel import Parcel
from mailbridge.parcel.unpacking import Means
from mailbridge.parcel.unwrap import unwrap

HEAD = b"From: a@hungyen.gov.vn\r\n"


def opened(folder: Path, octets: bytes) -> Parcel:
    source = folder / "source"
    source.write_bytes(octets)
    return unwrap(Means(source, folder, Limits()), octets, parse(octets, Limits()))


def test_a_mail_in_a_mail_gives_its_text_at_a_deeper_place(tmp_path: Path) -> None:
    inner = HEAD + b"\r\nben trong"
    octets = HEAD + b"Content-Type: message/rfc822\r\n\r\n" + inner
    (text,) = opened(tmp_path, octets).texts
    assert (text.text, text.path) == ("ben trong", "1.1")


def test_a_multipart_without_parts_is_noted(tmp_path: Path) -> None:
    octets = HEAD + b'Content-Type: multipart/mixed; boundary="x"\r\n\r\n--x--\r\n'
    assert "empty-multipart" in opened(tmp_path, octets).problems


def test_a_part_of_another_mail_is_named_and_never_passes(tmp_path: Path) -> None:
    octets = HEAD + b"Content-Type: message/partial; id=a; number=1\r\n\r\nx"
    assert opened(tmp_path, octets).unsupported == (("1", "message-partial"),)
