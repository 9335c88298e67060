"""The parts of a mail come out each at its place."""

import base64
from pathlib import Path

import pytest

from mailbridge.mime.parse import parse
from mailbridge.model.limits import Limits
from mailbridge.model.parcel import Flow, Parcel
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


@pytest.mark.parametrize(
    ("declared", "flow"),
    [
        (b"text/plain", Flow.FIXED),
        (b"text/plain; format=fixed; delsp=yes", Flow.FIXED),
        (b"text/plain; charset=utf-8; Format=Flowed", Flow.FLOWED),
        (b'text/plain; format="flowed"; DelSp=Yes', Flow.DELSP),
        (b"text/html; format=flowed", Flow.FIXED),
    ],
)
def test_a_text_tells_what_its_line_ends_mean(tmp_path: Path, declared: bytes, flow: Flow) -> None:
    octets = HEAD + b"Content-Type: " + declared + b"\r\n\r\na \r\nb"
    (text,) = opened(tmp_path, octets).texts
    assert (text.text, text.flow) == ("a \nb", flow)


def test_mails_within_the_mail_are_named(tmp_path: Path) -> None:
    inner = HEAD + b"Message-ID: <a@x.vn>\r\n\r\nben trong"
    parcel = opened(tmp_path, HEAD + b"Content-Type: message/rfc822\r\n\r\n" + inner)
    assert parcel.mails == (("1", "a@x.vn"),)
    assert [parcel.is_within_another(path) for path in ("1", "1.1", "11")] == [False, True, False]


def test_the_mail_once_more_under_its_signature_is_no_other(tmp_path: Path) -> None:
    head = b"Content-Type: message/rfc822; forwarded=no\r\n\r\n"
    assert opened(tmp_path, HEAD + head + HEAD + b"\r\nben trong").mails == ()


def test_a_multipart_without_parts_is_noted(tmp_path: Path) -> None:
    octets = HEAD + b'Content-Type: multipart/mixed; boundary="x"\r\n\r\n--x--\r\n'
    assert "empty-multipart" in opened(tmp_path, octets).problems


def test_a_part_of_another_mail_is_named_and_never_passes(tmp_path: Path) -> None:
    octets = HEAD + b"Content-Type: message/partial; id=a; number=1\r\n\r\nx"
    assert opened(tmp_path, octets).unsupported == (("1", "message-partial"),)


def test_a_part_that_lies_elsewhere_is_named_and_never_passes(tmp_path: Path) -> None:
    octets = HEAD + b"Content-Type: message/external-body; access-type=URL\r\n\r\nA: b\r\n\r\n"
    assert opened(tmp_path, octets).unsupported == (("1", "message-external-body"),)


def test_a_mail_that_was_encoded_is_opened(tmp_path: Path) -> None:
    inner = base64.encodebytes(HEAD + b"Subject: s\r\n\r\nben trong")
    head = b"Content-Type: message/rfc822\r\nContent-Transfer-Encoding: base64\r\n\r\n"
    parcel = opened(tmp_path, HEAD + head + inner)
    assert [(text.text, text.path) for text in parcel.texts] == [("ben trong", "1.1")]
    assert "encoded-message" in parcel.problems
    assert parcel.is_within_another("1.1")


def test_encoded_mails_in_encoded_mails_end(tmp_path: Path) -> None:
    head = b"Content-Type: message/rfc822\r\nContent-Transfer-Encoding: base64\r\n\r\n"
    octets = HEAD + b"\r\nben trong"
    for _ in range(8):
        octets = HEAD + head + base64.encodebytes(octets)
    parcel = opened(tmp_path, octets)
    assert [file.refused for file in parcel.files] == ["too-deep"]


@pytest.mark.parametrize("kind", ["message/delivery-status", "text/rfc822-headers", "text/plain"])
def test_what_people_read_is_a_text(tmp_path: Path, kind: str) -> None:
    octets = HEAD + f"Content-Type: {kind}\r\n\r\nAction: failed".encode()
    assert [text.text for text in opened(tmp_path, octets).texts] == ["Action: failed"]


@pytest.mark.parametrize(
    "more", ["Content-Disposition: attachment", "Content-Disposition: inline; filename=a.txt"]
)
def test_a_text_with_a_name_is_a_file(tmp_path: Path, more: str) -> None:
    octets = HEAD + f"{more}\r\n\r\nx".encode()
    assert [file.size for file in opened(tmp_path, octets).files] == [1]


def test_what_is_odd_below_is_noted_above(tmp_path: Path) -> None:
    octets = HEAD + b"Content-Type: text/plain; charset=fakescii\r\n\r\nx"
    assert opened(tmp_path, octets).problems == ("unknown-charset",)
