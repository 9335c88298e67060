"""Files in the text of a mail are listed beneath it."""

import base64
import binascii
from pathlib import Path

from mailbridge.mime.parse import parse
from mailbridge.model.limits import Limits
from mailbridge.model.parcel import Parcel
from mailbridge.parcel.unpacking import Means
from mailbridge.parcel.unwrap import unwrap
from tests.unit.parcel.archives import PDF, members, opened, refused


def uuencoded(name: str, content: bytes) -> bytes:
    lines = [binascii.b2a_uu(content[at : at + 45]) for at in range(0, len(content), 45)]
    return f"begin 644 {name}\n".encode() + b"".join(lines) + b"`\nend\n"


def mail(folder: Path, body: bytes, header: bytes = b"") -> Parcel:
    octets = b"From: a@hungyen.gov.vn\n" + header + b"\n" + body
    (folder / "mail").write_bytes(octets)
    (folder / "scratch").mkdir()
    means = Means(folder / "mail", folder / "scratch", Limits())
    return unwrap(means, octets, parse(octets, Limits()))


def test_a_file_in_the_body_is_listed_beneath_it(tmp_path: Path) -> None:
    parcel = mail(tmp_path, b"Kinh gui\n\n" + uuencoded("a.pdf", PDF * 9) + b"\nTran trong\n")
    assert [(f.path, f.name, f.type) for f in parcel.files] == [("1.1", "a.pdf", "application/pdf")]
    assert "Kinh gui" in parcel.texts[0].text


def test_a_body_under_base64_is_looked_through(tmp_path: Path) -> None:
    body = base64.encodebytes(uuencoded("a.pdf", PDF))
    parcel = mail(tmp_path, body, b"Content-Transfer-Encoding: base64\n")
    assert [f.name for f in parcel.files] == ["a.pdf"]


def test_words_that_begin_are_no_file(tmp_path: Path) -> None:
    parcel = mail(tmp_path, b"begin 644 to read this\nand do not stop\n")
    assert parcel.files == ()


def test_a_part_encoded_so_is_decoded(tmp_path: Path) -> None:
    header = (
        b"Content-Type: application/pdf; name=a.pdf\nContent-Transfer-Encoding: x-uuencode\n"
        b"Content-Disposition: attachment; filename=a.pdf\n"
    )
    (file,) = mail(tmp_path, uuencoded("a.pdf", PDF), header).files
    assert (file.type, file.size) == ("application/pdf", len(PDF))


def test_a_file_that_is_uuencoded_is_opened(tmp_path: Path) -> None:
    parcel = opened(tmp_path, uuencoded("../a.pdf", PDF) + uuencoded("b.pdf", PDF), "a.uue")
    assert [file.name for file in members(parcel)] == ["a.pdf", "b.pdf"]
    assert refused(parcel) == [("1.1", "traversal")]


def test_a_file_that_is_cut_is_malformed(tmp_path: Path) -> None:
    octets = uuencoded("a.pdf", PDF * 9)[:-40]
    assert refused(opened(tmp_path, octets, "a.uue")) == [("1.1", "malformed")]


def test_too_many_files_in_a_body_do_not_cost_the_mail(tmp_path: Path) -> None:
    parcel = mail(tmp_path, uuencoded("a", b"") * 2100)
    assert len(parcel.files) == Limits().members
    assert parcel.remarks
