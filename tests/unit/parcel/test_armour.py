"""CMS in letters is read whatever stands around it; other text is left alone."""

import base64

import pytest

from mailbridge.parcel.armour import binary
from tests.unit.parcel.locked import PLAIN, envelope, holder

DER = envelope(PLAIN, holder("us"))
LETTERS = base64.encodebytes(DER)


def framed(label: str, head: bytes = b"") -> bytes:
    return (
        f"-----BEGIN {label}-----\n".encode() + head + LETTERS + f"-----END {label}-----\n".encode()
    )


@pytest.mark.parametrize(
    "octets",
    [
        DER,
        LETTERS,
        LETTERS.replace(b"\n", b"\r\n"),
        base64.b64encode(DER),
        framed("CMS"),
        framed("PKCS7"),
        framed("PKCS #7 SIGNED DATA"),
        framed("ENVELOPED DATA", b"Content-Domain: RFC822\n\n"),
        b"\r\n" + framed("CMS"),
        framed("CMS").replace(b"\n", b"\r\n"),
    ],
)
def test_every_way_to_write_it_gives_the_same_octets(octets: bytes) -> None:
    assert binary(octets) == DER


@pytest.mark.parametrize(
    "octets",
    [
        b"",
        b"Subject: a\n\n" + framed("CMS"),
        b"chao anh",
        b"-----BEGIN PGP MESSAGE-----\nabcd\n",
        b"%PDF-",
    ],
)
def test_other_octets_come_back_as_they_are_or_as_no_cms(octets: bytes) -> None:
    assert binary(octets)[:1] != b"\x30"
