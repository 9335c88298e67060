"""A file that is a CMS is opened in whatever letters it is written."""

import base64

import pytest

from mailbridge.demo import cms as maker
from mailbridge.model.errors import Reason
from mailbridge.model.parcel import SealForm
from tests.unit.parcel.locked import envelope, file, folder, holder, means, openssl

US = holder("us")
PDF = b"%PDF-1.4\n%%EOF\n"
DER = maker.enclosed(PDF, US)
LETTERS = base64.encodebytes(DER)


@pytest.mark.parametrize(
    "octets",
    [
        DER,
        LETTERS,
        b"-----BEGIN CMS-----\n" + LETTERS + b"-----END CMS-----\n",
        b"-----BEGIN PKCS7-----\n" + LETTERS + b"-----END PKCS7-----\n",
        b"-----BEGIN PKCS #7 SIGNED DATA-----\n" + LETTERS + b"-----END PKCS #7 SIGNED DATA-----\n",
        openssl("cms", "-cmsout", "-inform", "DER", "-outform", "PEM", octets=DER),
    ],
)
def test_a_signed_file_is_unpacked_under_its_seal(octets: bytes) -> None:
    parcel = file(octets, "van-ban.pdf.p7m")
    (claim,) = parcel.claims
    assert (claim.form, claim.on_file, claim.covers) == (SealForm.CMS, True, ("1.1",))
    assert [listed.name for listed in parcel.files] == ["van-ban.pdf.p7m", "van-ban.pdf"]


def test_a_file_locked_for_us_is_unpacked() -> None:
    parcel = file(envelope(PDF, US), "van-ban.pdf.p7m", means(folder(US)))
    assert [(each.name, each.unlocked_by) for each in parcel.files] == [
        ("van-ban.pdf.p7m", ()),
        ("van-ban.pdf", (0,)),
    ]


def test_a_broken_file_is_refused_and_listed() -> None:
    (listed,) = file(DER[:60], "a.p7m").files
    assert listed.refused is Reason.MALFORMED


def test_envelopes_in_envelopes_end() -> None:
    octets = PDF
    for _ in range(8):
        octets = maker.enclosed(octets, US)
    assert [each.refused for each in file(octets, "a.p7m").files][-1] is Reason.TOO_DEEP
