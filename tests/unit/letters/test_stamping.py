"""Stamped signatures, by an authority that openssl plays; and answers that are none."""

import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
from asn1crypto import cms, tsp

from mailbridge import clock
from mailbridge.letters.compose import compose
from mailbridge.letters.keys import SigningKey, load
from mailbridge.letters.signer import KeySigner
from mailbridge.letters.stamping import Ask, StampingSigner
from mailbridge.letters.unsigned import KeyFault, UnsignedError
from mailbridge.model.evidence import Integrity, Trust
from mailbridge.model.letter import Stage
from mailbridge.model.parcel import SealForm
from tests.simulators.tsa import Authority
from tests.unit.letters.keyring import Keyring
from tests.unit.letters.sample import EDXML, SENDER, owed
from tests.unit.provenance.samples import evidence, keys

ENTITY = b"Subject: a\r\n\r\nb\r\n"


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority(tmp_path_factory.mktemp("tsa"))


def _signer(keyring: Keyring, ask: Ask) -> StampingSigner:
    return StampingSigner(KeySigner(lambda: load(keyring.plain_pem, None), clock.now), ask)


def _run(*command: str | Path) -> bytes:
    return subprocess.run(["openssl", *command], check=True, capture_output=True).stdout


def test_openssl_accepts_the_signature_and_the_stamp_over_it(
    keyring: Keyring, authority: Authority, tmp_path: Path
) -> None:
    signer = _signer(keyring, authority.answer)
    seal = signer.sign(ENTITY)
    der, entity, value, token = (tmp_path / name for name in ("s", "e", "v", "t"))
    der.write_bytes(seal)
    entity.write_bytes(ENTITY)
    command = ("cms", "-verify", "-binary", "-inform", "DER", "-in", der, "-content", entity)
    assert _run(*command, "-CAfile", keyring.root, "-purpose", "any") == ENTITY
    info = cms.ContentInfo.load(seal)["content"]["signer_infos"][0]
    (attribute,) = info["unsigned_attrs"]
    assert attribute["type"].dotted == "1.2.840.113549.1.9.16.2.14"
    value.write_bytes(info["signature"].native)
    token.write_bytes(attribute["values"][0].dump())
    stamp = ("ts", "-verify", "-in", token, "-token_in", "-data", value)
    assert b"OK" in _run(*stamp, "-CAfile", authority.certificate)
    assert signer.certificate == load(keyring.plain_pem, None).certificate


def _other_question(authority: Authority, question: bytes, **changed: object) -> bytes:
    asked = tsp.TimeStampReq.load(question)
    for name, value in changed.items():
        asked[name] = value
    return authority.answer(asked.dump(force=True))


IMPRINT = {"hash_algorithm": {"algorithm": "sha256"}, "hashed_message": b"\1" * 32}


@pytest.mark.parametrize("attack", ["nonce", "imprint", "no nonce"])
def test_a_stamp_over_something_else_is_not_taken(
    keyring: Keyring, authority: Authority, attack: str
) -> None:
    def ask(question: bytes) -> bytes:
        match attack:
            case "nonce":
                return _other_question(authority, question, nonce=1)
            case "imprint":
                return _other_question(authority, question, message_imprint=IMPRINT)
            case _:
                return _other_question(authority, question, nonce=None)

    with pytest.raises(UnsignedError, match="over something else") as caught:
        _signer(keyring, ask).sign(ENTITY)
    assert caught.value.fault is KeyFault.STAMP


# A status alone (RFC 3161 §2.4.2): "rejection", and "granted" without the token.
REFUSED, GRANTED = bytes.fromhex("30053003020102"), bytes.fromhex("30053003020100")


@pytest.mark.parametrize("answer", [b"", b"junk", b"<html>", b"\x30\x00", REFUSED, GRANTED])
def test_what_is_no_stamp_delays_letters(keyring: Keyring, answer: bytes) -> None:
    with pytest.raises(UnsignedError) as caught:
        _signer(keyring, lambda question: answer).sign(ENTITY)
    assert caught.value.fault is KeyFault.STAMP


def test_a_silent_authority_delays_letters(keyring: Keyring) -> None:
    def silent(question: bytes) -> bytes:
        raise UnsignedError(KeyFault.STAMP, "no answer")

    with pytest.raises(UnsignedError, match="no answer"):
        _signer(keyring, silent).sign(ENTITY)


def test_our_own_examination_believes_the_moment_of_a_stamped_letter(tmp_path: Path) -> None:
    own = keys().mailbox
    key = SigningKey(own.key, own.certificate, own.chain[:-1])
    ask = Authority(tmp_path, keys().tsa).answer
    signer = StampingSigner(KeySigner(lambda: key, clock.now), ask)
    letter = owed(Stage.REGISTERED)
    octets = compose((letter,), replace(SENDER, signer=signer), lambda _: tmp_path, EDXML).octets
    found = evidence(octets, at=clock.now())
    (mail,) = [seal for seal in found.seals if seal.form is SealForm.SMIME]
    (stamp,) = [seal for seal in found.seals if seal.form is SealForm.TIMESTAMP]
    assert mail.integrity is stamp.integrity is Integrity.INTACT
    assert mail.time_source == "timestamp"
    assert stamp.trust is Trust.TRUSTED
