"""The true type is told by the content."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailbridge.parcel.sniff import form_of, type_of


@given(st.binary(max_size=600))
def test_any_octets_have_a_type_and_a_form(octets: bytes) -> None:
    assert "/" in type_of(octets)
    assert form_of(octets)


@pytest.mark.parametrize(
    ("head", "kind", "form"),
    [
        (b"%PDF-1.7\n", "application/pdf", "pdf"),
        (b"junk before\n%PDF-1.4", "application/pdf", "pdf"),
        (b"PK\x03\x04" + bytes(30) + b"doc.txt", "application/zip", "archive"),
        (b"Rar!\x1a\x07\x00", "application/vnd.rar", "archive"),
        (b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed", "archive"),
        (b"\x1f\x8b\x08", "application/gzip", "archive"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/x-ole-storage", "office"),
        (b"\x78\x9f\x3e\x22", "application/ms-tnef", "tnef"),
        (b"\x89PNG\r\n\x1a\n", "image/png", "other"),
        (b"MZ\x90", "application/x-msdownload", "other"),
        (b"-----BEGIN PGP MESSAGE-----", "application/pgp-encrypted", "openpgp"),
        (b"-----BEGIN PKCS7-----", "application/pkcs7-mime", "cms"),
        (bytes.fromhex("3082000106092a864886f70d010702"), "application/pkcs7-signature", "cms"),
        (bytes.fromhex("3082000106092a864886f70d010703"), "application/pkcs7-mime", "cms"),
        (b"<html><body>", "text/html", "text"),
        (b"<?xml version='1.0'?><a/>", "application/xml", "xml"),
        (
            b"<edXML xmlns='http://www.mic.gov.vn/TBT/QCVN_102_2016'>",
            "application/edxml+xml",
            "edxml",
        ),
        (b"Kinh gui", "text/plain", "text"),
        (b"From: a@b\r\nSubject: x\r\n\r\nhello", "text/plain", "mail"),
    ],
)
def test_a_format_is_known_by_its_beginning(head: bytes, kind: str, form: str) -> None:
    assert (type_of(head), form_of(head)) == (kind, form)


@pytest.mark.parametrize(
    "before", [b"From a@x.vn Tue Nov 24 10:00:00 2026\n", b" \r\n\r\n", b"\xef\xbb\xbf"]
)
def test_a_mail_is_known_behind_what_a_mail_store_put_there(before: bytes) -> None:
    assert form_of(before + b"Received: x\r\nSubject: s\r\n\r\nbody") == "mail"
