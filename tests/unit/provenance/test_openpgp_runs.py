"""A signature is verified over the content that people are shown, and over no other."""

from pathlib import Path

import pytest

from mailbridge.mime import openpgp
from mailbridge.model.evidence import Integrity
from mailbridge.model.parcel import SealClaim, SealForm
from mailbridge.provenance.openpgp_runs import Verified, verify
from mailbridge.provenance.trust import TrustStore
from tests.simulators.pgp import Correspondents


def verified(folder: Path, ring: bytes, signature: bytes, content: bytes) -> tuple[Verified, ...]:
    (folder / "signature").write_bytes(signature)
    (folder / "content").write_bytes(content)
    claim = SealClaim(SealForm.OPENPGP, "1", "signature", "content", end=len(content))
    return verify(folder, TrustStore(openpgp=ring), claim)


def test_a_content_that_is_not_the_one_inside_is_broken(
    people: Correspondents, sender: str, short_path: Path
) -> None:
    ring = people.gpg("--export", sender)
    message = people.sign(b"noi dung", sender, how="--sign")
    for content, integrity in ((b"noi dung", Integrity.INTACT), (b"khac", Integrity.BROKEN)):
        (one,) = verified(short_path, ring, message, content)
        assert one.integrity is integrity


def test_white_space_at_the_ends_of_lines_is_not_signed_in_a_cleartext(
    people: Correspondents, sender: str, short_path: Path
) -> None:
    ring = people.gpg("--export", sender)
    block = people.clear(b"mot  \nhai\n", sender)
    assert verified(short_path, ring, block, b"mot\r\nhai")[0].integrity is Integrity.INTACT
    assert verified(short_path, ring, block, b"mot\nha i")[0].integrity is Integrity.BROKEN


@pytest.mark.parametrize("signature", [b"", b"\xc2", b"rubbish", b"-----BEGIN PGP SIGNATURE-----"])
def test_rubbish_is_unverifiable_and_never_an_error(short_path: Path, signature: bytes) -> None:
    (one,) = verified(short_path, b"", signature, b"x")
    assert one.integrity is Integrity.UNVERIFIABLE


def test_a_signature_that_certifies_a_key_signs_no_document(
    people: Correspondents, sender: str, short_path: Path
) -> None:
    ring = people.gpg("--export", sender)
    packets = [each for each in openpgp.packets(ring) if each.tag == openpgp.SIGNATURE_TAG]
    certification = ring[packets[0].start : packets[0].end]
    found = verified(short_path, ring, certification, b"x")
    assert Integrity.INTACT not in {one.integrity for one in found}


def test_nothing_of_the_ring_is_left(people: Correspondents, sender: str, short_path: Path) -> None:
    ring = people.gpg("--export", sender)
    verified(short_path, ring, people.sign(b"x", sender), b"x")
    assert sorted(path.name for path in short_path.iterdir()) == ["content", "signature"]
