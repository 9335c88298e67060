"""What is packed in an edXML packet comes out; dangerous XML stays closed."""

from pathlib import Path

import pytest

from mailbridge.model.errors import Reason
from mailbridge.model.limits import Limits
from mailbridge.model.parcel import Parcel, SealForm
from mailbridge.parcel.place import Means
from mailbridge.parcel.unwrap import unwrap_file
from tests.unit.parcel.packets import PDF, attachment, packet, zipped

DSIG = b"http://www.w3.org/2000/09/xmldsig#"


def opened(folder: Path, octets: bytes, limits: Limits | None = None) -> Parcel:
    return unwrap_file(Means(folder / "source", folder, limits or Limits()), octets, "a.edxml")


def test_a_raw_attachment_comes_out_under_its_name(tmp_path: Path) -> None:
    whole, file = opened(tmp_path, packet(attachment("123.pdf", PDF))).files
    assert (whole.type, whole.path) == ("application/edxml+xml", "1")
    assert (file.name, file.type, file.path) == ("123.pdf", "application/pdf", "1.1")
    assert (tmp_path / file.stored).read_bytes() == PDF


def test_a_zipped_attachment_comes_out_unwrapped(tmp_path: Path) -> None:
    wrapped = attachment("123.pdf", zipped(("0f3a.pdf", PDF)))
    _, file = opened(tmp_path, packet(wrapped)).files
    assert (file.name, file.size) == ("123.pdf", len(PDF))


def test_a_zip_that_was_sent_as_one_stays_one(tmp_path: Path) -> None:
    octets = zipped(("a.txt", b"a"), ("b.txt", b"b"))
    files = opened(tmp_path, packet(attachment("hai.zip", octets))).files
    assert files[1].type == "application/zip"
    assert files[1].size == len(octets)


@pytest.mark.parametrize(
    ("octets", "reason"),
    [
        (zipped(("a", b"a"), ("b", b"b")), Reason.MALFORMED),
        (b"PK\x03\x04junk", Reason.MALFORMED),
        (zipped(("a", bytes(3_000_000))), Reason.BOMB),
    ],
)
def test_an_attachment_that_must_not_be_unwrapped_is_refused_alone(
    octets: bytes, reason: Reason, tmp_path: Path
) -> None:
    bounds = Limits(bomb_growth=1_000_000, bomb_ratio=100)
    sent = packet(attachment("123.pdf", octets), attachment("4.pdf", PDF))
    _, refused, good = opened(tmp_path, sent, bounds).files
    assert (refused.refused, refused.stored) == (reason, "")
    assert good.refused is None


def test_a_locked_zip_is_refused_as_encrypted(tmp_path: Path) -> None:
    octets = bytearray(zipped(("a.pdf", PDF)))
    for mark in (b"PK\x03\x04", b"PK\x01\x02"):
        octets[octets.index(mark) + (6 if mark.endswith(b"\x04") else 8)] |= 1
    _, file = opened(tmp_path, packet(attachment("123.pdf", bytes(octets)))).files
    assert file.refused is Reason.ENCRYPTED


def test_an_attachment_ruined_as_text_is_noted(tmp_path: Path) -> None:
    ruined = b"%PDF-1.3\n%\xef\xbf\xbd\xef\xbf\xbd\n%%EOF"
    assert "ruined-attachment" in opened(tmp_path, packet(attachment("a.pdf", ruined))).problems


@pytest.mark.parametrize(
    "octets",
    [
        b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>',
        b'<?xml version="1.0"?><!DOCTYPE html PUBLIC "a" "http://x.vn/a.dtd"><html/>',
        packet().replace(b"<edXML ", b'<!DOCTYPE edXML SYSTEM "file:///etc/passwd"><edXML ', 1),
    ],
)
def test_a_document_type_is_refused(octets: bytes, tmp_path: Path) -> None:
    (file,) = opened(tmp_path, octets).files
    assert file.refused is Reason.MALFORMED


def test_plain_xml_is_a_file_like_any_other(tmp_path: Path) -> None:
    (file,) = opened(tmp_path, b"<?xml version='1.0'?><a>b</a>").files
    assert (file.type, file.refused) == ("application/xml", None)


def test_more_attachments_than_the_limit_are_refused(tmp_path: Path) -> None:
    sent = packet(*(attachment(f"{n}.pdf", PDF) for n in range(4)))
    files = opened(tmp_path, sent, Limits(members=3)).files
    assert files[0].refused is Reason.TOO_MANY
    assert len(files) == 4


def test_only_a_true_signature_is_claimed(tmp_path: Path) -> None:
    lookalike = packet().replace(b"</MessageHeader>", b"</MessageHeader><Signature/>")
    assert opened(tmp_path, lookalike).claims == ()
    other = tmp_path / "other"
    other.mkdir()
    true = lookalike.replace(b"<Signature/>", b'<Signature xmlns="%s"/>' % DSIG)
    assert [claim.form for claim in opened(other, true).claims] == [SealForm.XMLDSIG]
