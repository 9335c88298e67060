"""Mechanisms of signatures."""

import hashlib
from datetime import UTC, datetime
from typing import Any

import pytest
from asn1crypto import cms as asn1_cms

from mailbridge.demo import cms
from mailbridge.demo.cms import Form
from mailbridge.model.evidence import Integrity
from mailbridge.provenance.mechanism import digest
from mailbridge.provenance.signatures import signatures

WHEN = datetime(2026, 9, 1, tzinfo=UTC)


@pytest.mark.parametrize("who", ["seal", "ec_seal"])
@pytest.mark.parametrize("name", ["sha256", "sha384", "sha512"])
def test_rsa_and_ecdsa_are_verified(keys: Any, who: Any, name: Any) -> None:
    der = cms.enclosed(b"x", getattr(keys, who), Form(WHEN, hash_name=name, cades=True))
    assert [one.integrity for one in signatures(der, None, ())] == [Integrity.INTACT]


def test_a_pinned_certificate_cannot_be_exchanged(keys: Any) -> None:
    der = cms.enclosed(b"x", keys.seal, Form(WHEN, cades=True, certificates="none"))
    info = asn1_cms.ContentInfo.load(der)
    other = asn1_cms.ContentInfo.load(cms.enclosed(b"x", keys.person, Form(WHEN)))
    info["content"]["signer_infos"][0]["sid"] = other["content"]["signer_infos"][0]["sid"]
    found = signatures(info.dump(force=True), None, (keys.person.certificate,))
    assert [one.integrity for one in found] == [Integrity.BROKEN]


def test_pieces_are_hashed_as_one_and_shake_to_512_bits() -> None:
    whole = hashlib.shake_256(b"van ban").digest(64)
    assert digest("shake256", [b"van", b" ban"]) == digest("shake256_len", [b"van ban"]) == whole
    assert digest("sha256", [b"van", b" ban"]) == hashlib.sha256(b"van ban").digest()
