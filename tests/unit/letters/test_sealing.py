"""Locked letters: opened by openssl and by our own reader, and nothing of them seen outside."""

import email
import re
import subprocess
from dataclasses import replace
from email import policy
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import Encoding

from mailbridge.demo.pki import Identity
from mailbridge.letters.compose import Composed, Sender, compose
from mailbridge.letters.enveloping import fit
from mailbridge.letters.keys import SigningKey
from mailbridge.letters.recipients import Peers
from mailbridge.letters.signer import KeySigner
from mailbridge.model.directory import Agency, CertificateRole, EnrolledCertificate
from mailbridge.model.errors import RefusedError
from mailbridge.model.letter import LetterKind, RecallFacts, ReminderFacts
from tests.unit.letters import sent
from tests.unit.letters.sample import EDXML, SENDER
from tests.unit.parcel import locked
from tests.unit.provenance.samples import NOW, keys

US, THEM = keys().own_mailbox, keys().mailbox
FACTS = replace(
    sent.DOCUMENT,
    encrypt=True,
    summary="về nhân sự đại hội",
    symbol="12-BC/HU",
)
# All that says what it is about, as it would stand in a header.
SECRETS = ("nhân sự", "12-BC/HU", "BC/HU")


def _blobs(tmp_path: Path) -> Path:
    path = tmp_path / "blob"
    path.write_bytes(b"%PDF-1.7 noi dung rieng")
    return path


def _peers(tmp_path: Path, *owners: Identity) -> Peers:
    folder = tmp_path / "recipients"
    folder.mkdir(exist_ok=True)
    for number, owner in enumerate(owners):
        (folder / f"{number}.pem").write_bytes(owner.pem())
    enrolled = tuple(
        EnrolledCertificate(owner.fingerprint, CertificateRole.MAILBOX) for owner in owners
    )
    agency = Agency(sent.TO.agency, sent.TO.name, certificates=enrolled)
    return Peers(lambda code: agency if code == sent.TO.agency else None, tmp_path, NOW)


@pytest.fixture
def sender() -> Sender:
    key = SigningKey(US.key, US.certificate, US.chain[:-1])
    return replace(SENDER, signer=KeySigner(lambda: key, lambda: NOW))


def _locked(sender: Sender, tmp_path: Path) -> Composed:
    letter = sent.letter(LetterKind.DOCUMENT, facts=FACTS)
    path = _blobs(tmp_path)
    return compose((letter,), sender, lambda _: path, EDXML, _peers(tmp_path, THEM))


def _opened(octets: bytes, tmp_path: Path, whose: str) -> bytes:
    owner = US if whose == "us" else THEM
    for name, content in (("m", octets), ("k", owner.key_pem()), ("c", owner.pem())):
        (tmp_path / name).write_bytes(content)
    command = ["openssl", "cms", "-decrypt", "-in", str(tmp_path / "m")]
    command += ["-inkey", str(tmp_path / "k"), "-recip", str(tmp_path / "c")]
    return subprocess.run(command, check=True, capture_output=True).stdout


@pytest.mark.parametrize("whose", ["us", "them"])
def test_openssl_opens_it_and_accepts_the_signature_inside(
    sender: Sender, tmp_path: Path, whose: str
) -> None:
    signed = _opened(_locked(sender, tmp_path).octets, tmp_path, whose)
    (tmp_path / "s").write_bytes(signed)
    (tmp_path / "root").write_bytes(keys().root.certificate.public_bytes(Encoding.PEM))
    command = ["openssl", "cms", "-verify", "-in", str(tmp_path / "s")]
    command += ["-CAfile", str(tmp_path / "root"), "-attime", str(int(NOW.timestamp()))]
    content = subprocess.run(command, check=True, capture_output=True).stdout
    inner = email.message_from_bytes(content, policy=policy.default)
    assert inner.get_param("hp") == "cipher"
    assert "nhân sự" in inner["Subject"]


def test_nothing_outside_says_what_it_is_about(sender: Sender, tmp_path: Path) -> None:
    composed = _locked(sender, tmp_path)
    outer = email.message_from_bytes(composed.octets, policy=policy.default)
    assert outer["Subject"] == "Văn bản đã mã hóa"
    assert outer.get_content_type() == "application/pkcs7-mime"
    assert outer.get_param("smime-type") == "enveloped-data"
    shown = " ".join(f"{name}: {value}" for name, value in outer.items())
    assert not [word for word in SECRETS if word in shown]
    assert b"%PDF" not in composed.octets
    assert b"smime.p7s" not in composed.octets


def test_header_inside_says_how_each_field_stands_outside(sender: Sender, tmp_path: Path) -> None:
    composed = _locked(sender, tmp_path)
    inside = _opened(composed.octets, tmp_path, "them")
    start = inside.index(b"From: ")
    inner = email.message_from_bytes(inside[start:], policy=policy.default)
    outer = email.message_from_bytes(composed.octets, policy=policy.default)
    told = [str(value).partition(": ") for value in inner.get_all("HP-Outer", [])]
    names = [name for name, _, _ in told]
    shown = [name for name in outer if not name.startswith(("MIME-", "Content-"))]
    assert sorted(names) == sorted(shown)
    for name, _, value in told:
        assert " ".join(value.split()) == " ".join(str(outer[name]).split())
    assert inner["Message-ID"] == outer["Message-ID"] == composed.message_id


@pytest.mark.parametrize(
    "facts",
    [replace(sent.RECALL, encrypt=True), replace(sent.REMINDER, encrypt=True)],
    ids=["recall", "reminder"],
)
def test_what_speaks_of_a_locked_document_is_locked_as_well(
    sender: Sender, tmp_path: Path, facts: RecallFacts | ReminderFacts
) -> None:
    kind = LetterKind.RECALL if isinstance(facts, RecallFacts) else LetterKind.REMINDER
    letter, path = sent.letter(kind, facts=facts), _blobs(tmp_path)
    octets = compose((letter,), sender, lambda _: path, EDXML, _peers(tmp_path, THEM)).octets
    assert b"enveloped-data" in octets
    assert facts.summary not in email.message_from_bytes(octets, policy=policy.default)["Subject"]


@pytest.mark.parametrize("owner", ["us", "them"])
def test_our_own_reader_opens_it(sender: Sender, tmp_path: Path, owner: str) -> None:
    octets = _locked(sender, tmp_path).octets
    trust = locked.folder(US if owner == "us" else THEM)
    given = locked.means(trust)
    given.source.write_bytes(octets)
    head, _, body = octets.partition(b"Content-Type: application/pkcs7-mime")
    parcel = locked.mail(b"Content-Type: application/pkcs7-mime" + body, given, head)
    (lock,) = parcel.locks
    assert (lock.opened, lock.coverage, lock.cipher) == (True, "whole", "aes256_cbc")
    subject = dict(parcel.protected)["subject"]
    assert "nhân sự" in subject
    assert len(parcel.claims) == 1
    assert "Công văn 12.pdf" in [file.name for file in parcel.files]


def test_what_cannot_be_locked_never_leaves(sender: Sender, tmp_path: Path) -> None:
    letter = sent.letter(LetterKind.DOCUMENT, facts=FACTS)
    path = _blobs(tmp_path)
    with pytest.raises(RefusedError):
        compose((letter,), sender, lambda _: path, EDXML)
    # A seal's certificate signs and does not lock.
    assert fit([keys().seal.certificate]) == ()
    with pytest.raises(RefusedError):
        compose((letter,), sender, lambda _: path, EDXML, _peers(tmp_path, keys().seal))
    without = replace(sender, signer=None)
    with pytest.raises(RefusedError):
        compose((letter,), without, lambda _: path, EDXML, _peers(tmp_path, THEM))


def test_a_document_that_nobody_wants_locked_is_not(sender: Sender, tmp_path: Path) -> None:
    letter = sent.letter(LetterKind.DOCUMENT)
    path = _blobs(tmp_path)
    octets = compose((letter,), sender, lambda _: path, EDXML, _peers(tmp_path, THEM)).octets
    assert b"pkcs7-mime" not in octets
    assert b"HP-Outer" not in octets
    assert re.search(rb'hp="clear"', octets)
