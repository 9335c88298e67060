"""A large signed mail is opened without being parsed, and is held to its seal all the same."""

import hashlib
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailbridge.demo import cms, mails
from mailbridge.demo.cms import Form
from mailbridge.model.evidence import Coverage, Integrity
from mailbridge.parcel.large_cms import SIZE, split_content
from mailbridge.provenance.signatures import signatures
from tests.unit.parcel.locked import entity, openssl
from tests.unit.provenance.samples import HEAD, NOW, evidence, keys

LARGE = mails.with_file("Kính gửi", b"%PDF-1.4\n" + bytes(SIZE) + b"\n%%EOF\n", "123.pdf")
ENCLOSED = cms.enclosed(b"Content-Type: text/plain\r\n\r\nxin chao", keys().mailbox)


def test_what_is_split_verifies_as_a_detached_signature() -> None:
    split = split_content(io.BytesIO(ENCLOSED))
    assert split is not None
    content = ENCLOSED[split.start : split.end]
    assert content.endswith(b"xin chao")
    (one,) = signatures(split.detached, lambda name: hashlib.new(name, content).digest(), ())
    assert one.integrity is Integrity.INTACT


def test_a_large_opaque_mail_is_vouched_for() -> None:
    der = cms.enclosed(LARGE, keys().mailbox, Form(NOW))
    found = evidence(mails.mail(HEAD, entity(der, "signed-data")))
    (seal,) = found.seals
    assert (seal.integrity, seal.coverage) == (Integrity.INTACT, Coverage.WHOLE)
    assert found.vouched == (HEAD.sender,)
    assert "1.2" in seal.covers


def test_a_changed_octet_in_it_breaks_the_seal() -> None:
    der = cms.enclosed(LARGE, keys().mailbox, Form(NOW)).replace(b"ranh-gioi", b"ranh-gi0i")
    found = evidence(mails.mail(HEAD, entity(der, "signed-data")))
    assert found.seals[0].integrity is Integrity.BROKEN
    assert found.vouched == ()


def test_one_in_pieces_is_read_whole(tmp_path: Path) -> None:
    """BER of indefinite length, as OpenSSL writes a stream."""
    for name, octets in (("key", keys().mailbox.key_pem()), ("cert", keys().mailbox.pem())):
        (tmp_path / name).write_bytes(octets)
    signer = ("-signer", str(tmp_path / "cert"), "-inkey", str(tmp_path / "key"))
    how = ("-sign", "-binary", "-nodetach", "-stream", "-outform", "DER")
    der = openssl("cms", *how, *signer, octets=LARGE)
    assert split_content(io.BytesIO(der)) is None
    found = evidence(mails.mail(HEAD, entity(der, "signed-data")))
    assert found.vouched == (HEAD.sender,)


@pytest.mark.parametrize(
    "octets",
    [b"", b"\x30", b"\x30\x82\xff\xff", cms.detached(b"x", keys().mailbox), ENCLOSED[:-1]],
)
def test_another_shape_is_left_to_whoever_reads_it_whole(octets: bytes) -> None:
    assert split_content(io.BytesIO(octets)) is None


@given(st.integers(0, len(ENCLOSED) - 1), st.integers(1, 255))
def test_no_changed_octet_raises_or_reaches_beyond_the_file(at: int, flip: int) -> None:
    octets = bytearray(ENCLOSED)
    octets[at] ^= flip
    split = split_content(io.BytesIO(bytes(octets)))
    assert split is None or 0 < split.start <= split.end <= len(octets)
