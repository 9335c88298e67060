"""Files, texts and seals come out of a mail; nothing is written outside the scratch folder."""

import base64
import hashlib
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mailbridge.demo import mails, seals
from mailbridge.demo.hierarchy import hierarchy
from mailbridge.demo.mails import Head
from mailbridge.mime.parse import parse
from mailbridge.model.errors import Reason, RefusedError
from mailbridge.model.limits import Limits
from mailbridge.model.parcel import Parcel, SealForm
from mailbridge.parcel.unpacking import Means
from mailbridge.parcel.unwrap import unwrap, unwrap_file
from tests.unit.provenance.samples import NOW

HEAD = Head("a@hungyen.gov.vn", "b@hungyen.gov.vn", "Văn bản", NOW, "1@x")
PDF = b"%PDF-1.4\n%%EOF\n"


def opened(folder: Path, octets: bytes, limits: Limits | None = None) -> Parcel:
    source = folder / "source"
    source.write_bytes(octets)
    scratch = folder / "scratch"
    scratch.mkdir(exist_ok=True)
    bounds = limits or Limits()
    return unwrap(Means(source, scratch, bounds), octets, parse(octets, bounds))


def with_part(kind: str, content: bytes, name: str) -> bytes:
    entity = (
        f'Content-Type: {kind}; name="{name}"\r\nContent-Transfer-Encoding: base64\r\n'
        f'Content-Disposition: attachment; filename="{name}"\r\n\r\n'
    ).encode() + base64.encodebytes(content)
    return mails.mail(HEAD, entity)


def test_a_file_is_unpacked_with_its_digest_and_true_type(tmp_path: Path) -> None:
    (file,) = opened(tmp_path, with_part("image/png", PDF, "anh.png")).files
    assert (file.type, file.declared) == ("application/pdf", "image/png")
    assert file.sha256 == hashlib.sha256(PDF).hexdigest()
    assert (tmp_path / "scratch" / file.stored).read_bytes() == PDF


def test_two_files_of_one_name_are_both_kept(tmp_path: Path) -> None:
    part = (
        b"--x\r\nContent-Type: application/pdf; name=a.pdf\r\n"
        b"Content-Transfer-Encoding: base64\r\n\r\n" + base64.encodebytes(PDF)
    )
    entity = b'Content-Type: multipart/mixed; boundary="x"\r\n\r\n' + part + part + b"--x--\r\n"
    files = opened(tmp_path, mails.mail(HEAD, entity)).files
    assert [file.name for file in files] == ["a.pdf", "a.pdf"]
    assert len({file.stored for file in files}) == 2


def test_a_traversing_name_stays_in_the_scratch_folder(tmp_path: Path) -> None:
    opened(tmp_path, with_part("application/pdf", PDF, "../../../escape.pdf"))
    assert not list(tmp_path.parent.glob("escape.pdf"))
    assert {path.parent for path in tmp_path.rglob("f*")} == {tmp_path / "scratch"}


def test_a_clear_signature_covers_the_exact_octets(tmp_path: Path) -> None:
    keys = hierarchy(NOW)
    entity = mails.with_file("Kính gửi", PDF, "a.pdf")
    octets = mails.mail(HEAD, seals.sign_mail(entity, keys.mailbox, NOW))
    (claim,) = opened(tmp_path, octets).claims
    assert claim.form is SealForm.SMIME
    assert claim.whole
    assert octets[claim.start : claim.end] == entity
    assert claim.mic == base64.b64encode(hashlib.sha256(entity).digest()).decode()


def test_text_beside_a_signed_part_is_not_covered(tmp_path: Path) -> None:
    keys = hierarchy(NOW)
    signed = seals.sign_mail(mails.text("đã ký"), keys.mailbox, NOW)
    entity = (
        b'Content-Type: multipart/mixed; boundary="x"\r\n\r\n--x\r\n'
        + mails.text("chưa ký")
        + b"--x\r\n"
        + signed
        + b"\r\n--x--\r\n"
    )
    parcel = opened(tmp_path, mails.mail(HEAD, entity))
    (claim,) = parcel.claims
    assert not claim.whole
    outside = [text for text in parcel.texts if text.path not in claim.covers]
    assert [text.text.strip() for text in outside] == ["chưa ký"]


def test_an_opaque_mail_is_opened(tmp_path: Path) -> None:
    keys = hierarchy(NOW)
    entity = mails.with_file("Kính gửi", PDF, "a.pdf")
    octets = mails.mail(HEAD, seals.sign_mail(entity, keys.mailbox, NOW, opaque=True))
    parcel = opened(tmp_path, octets)
    assert [file.name for file in parcel.files] == ["a.pdf"]
    assert parcel.claims[0].whole
    assert {file.path for file in parcel.files} <= set(parcel.claims[0].covers)


@pytest.mark.parametrize(
    ("content", "name", "reason"),
    [
        (b"PK\x03\x04" + bytes(40), "a.zip", Reason.MALFORMED),
        (b"Rar!\x1a\x07\x00", "a.rar", Reason.UNSUPPORTED),
    ],
)
def test_a_container_that_cannot_be_opened_is_refused_and_the_mail_is_not(
    tmp_path: Path, content: bytes, name: str, reason: Reason
) -> None:
    (file,) = opened(tmp_path, with_part("application/octet-stream", content, name)).files
    assert file.refused is reason


def test_a_partial_message_is_named(tmp_path: Path) -> None:
    octets = mails.mail(HEAD, b"Content-Type: message/partial; id=a; number=1\r\n\r\nx")
    assert opened(tmp_path, octets).unsupported == (("1", "message-partial"),)


def test_a_zero_byte_file_is_a_file(tmp_path: Path) -> None:
    (file,) = opened(tmp_path, with_part("application/pdf", b"", "a.pdf")).files
    assert (file.size, file.type) == (0, "application/x-empty")


def test_more_than_the_limit_is_a_bomb(tmp_path: Path) -> None:
    octets = with_part("application/pdf", bytes(5000), "a.pdf")
    with pytest.raises(RefusedError) as refusal:
        opened(tmp_path, octets, replace(Limits(), unpacked_size=4000))
    assert refusal.value.reason is Reason.BOMB


def test_a_bare_file_is_unwrapped(tmp_path: Path) -> None:
    source = tmp_path / "a.pdf"
    source.write_bytes(PDF)
    parcel = unwrap_file(Means(source, tmp_path, Limits()), PDF, "a.pdf")
    assert [file.type for file in parcel.files] == ["application/pdf"]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(octets=st.binary(max_size=800))
def test_any_part_is_opened_or_refused(tmp_path: Path, octets: bytes) -> None:
    for path in (tmp_path / "scratch").glob("*") if (tmp_path / "scratch").exists() else ():
        path.unlink()
    for kind in ("application/pkcs7-mime", "application/pkcs7-signature", "application/pdf"):
        try:
            opened(tmp_path, with_part(kind, octets, "x"))
        except RefusedError:
            continue
        finally:
            for path in (tmp_path / "scratch").glob("*"):
                path.unlink()
