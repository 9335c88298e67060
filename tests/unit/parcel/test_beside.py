"""A signature beside a file is claimed for the file that it names or fits, and for no other."""

import base64
from pathlib import Path

import pytest

from mailbridge.demo import cms as maker
from mailbridge.model.parcel import Parcel
from tests.unit.parcel.locked import file, holder, mail, means, multipart

US = holder("us")
ONE, TWO = b"%PDF-1.4\n%one\n%%EOF\n", b"%PDF-1.4\n%two\n%%EOF\n"


def part(octets: bytes, name: str) -> bytes:
    head = f'Content-Type: application/octet-stream; name="{name}"\r\n'
    return (head + "Content-Transfer-Encoding: base64\r\n\r\n").encode() + base64.encodebytes(
        octets
    )


def claimed(*files: tuple[bytes, str]) -> list[tuple[str, ...]]:
    parcel = mail(multipart(*(part(octets, name) for octets, name in files)))
    names = {each.path: each.name for each in parcel.files}
    return [tuple(names[path] for path in claim.covers) for claim in parcel.claims]


@pytest.mark.parametrize("name", ["a.pdf.p7s", "a.pdf.sig", "A.PDF.P7S", "a.p7s"])
def test_a_signature_is_claimed_for_the_file_of_its_name(name: str) -> None:
    files = ((ONE, "a.pdf"), (TWO, "b.pdf"), (maker.detached(ONE, US), name))
    assert claimed(*files) == [("a.pdf",)]


def test_a_name_that_fits_no_file_leaves_it_to_the_digest() -> None:
    files = ((ONE, "a.pdf"), (TWO, "b.pdf"), (maker.detached(TWO, US), "chu-ky.p7s"))
    assert claimed(*files) == [("b.pdf",)]


def test_a_signature_named_for_a_file_that_it_does_not_fit_proves_no_other() -> None:
    files = ((ONE, "a.pdf"), (TWO, "b.pdf"), (maker.detached(TWO, US), "a.pdf.p7s"))
    assert claimed(*files) == [("a.pdf",)]


def test_of_two_files_of_one_name_the_digest_tells() -> None:
    files = ((ONE, "a.pdf"), (TWO, "a.pdf"), (maker.detached(TWO, US), "a.pdf.p7s"))
    parcel = mail(multipart(*(part(octets, name) for octets, name in files)))
    assert [claim.covers for claim in parcel.claims] == [("2",)]


def test_a_signature_whose_file_is_missing_covers_nothing() -> None:
    (claim,) = file(maker.detached(ONE, US), "a.pdf.p7s").claims
    assert (claim.covers, claim.signed, claim.whole) == ((), "", False)


def _given(tmp_path: Path, octets: bytes) -> Parcel:
    content = tmp_path / "a.pdf"
    content.write_bytes(octets)
    return file(maker.detached(ONE, US), "a.pdf.p7s", means(content=content))


def test_the_content_that_is_named_is_claimed_and_listed(tmp_path: Path) -> None:
    parcel = _given(tmp_path, ONE)
    assert [(each.path, each.name) for each in parcel.files] == [
        ("1", "a.pdf.p7s"),
        ("1.1", "a.pdf"),
    ]
    assert parcel.claims[0].covers == ("1.1",)


def test_a_signature_over_nothing_is_not_whole(tmp_path: Path) -> None:
    assert [claim.whole for claim in _given(tmp_path, b"").claims] == [False]


def test_octets_that_only_begin_like_a_signature_prove_nothing() -> None:
    der = bytes.fromhex("3080060a06092a864886f70d010702") + bytes(40)
    assert file(der, "a.p7s").claims == ()
