"""Forgeries of CMS that other verifiers let through."""

import hashlib

from asn1crypto import cms

from mailbridge.demo import cms as maker
from mailbridge.model.evidence import Integrity
from mailbridge.provenance.codes import Code
from mailbridge.provenance.signatures import Signature, signatures
from tests.unit.provenance.samples import keys

CONTENT = b"Content-Type: text/plain\r\n\r\nvan ban"


def judged(der: bytes, content: bytes = CONTENT) -> Signature:
    (one,) = signatures(der, lambda name: hashlib.new(name, content).digest(), ())
    return one


def changed(der: bytes, change: object) -> bytes:
    info = cms.ContentInfo.load(der)
    change(info["content"])  # type: ignore[operator]
    dumped: bytes = info.dump(force=True)
    return dumped


def test_a_good_signature_is_intact() -> None:
    assert judged(maker.detached(CONTENT, keys().seal)).integrity is Integrity.INTACT


def test_an_elliptic_curve_signature_is_intact() -> None:
    assert judged(maker.detached(CONTENT, keys().ec_seal)).integrity is Integrity.INTACT


def test_other_content_is_broken() -> None:
    assert judged(maker.detached(CONTENT, keys().seal), b"other").integrity is Integrity.BROKEN


def test_signed_attributes_presented_as_content_are_refused() -> None:
    """Without this rule, pyHanko and OpenSSL both accept the forgery."""
    der = maker.detached(CONTENT, keys().seal)
    (info,) = cms.ContentInfo.load(der)["content"]["signer_infos"]
    forged_content = info["signed_attrs"].untag().dump(force=True)

    def drop(data: cms.SignedData) -> None:
        data["signer_infos"][0]["signed_attrs"] = None

    found = judged(changed(der, drop), forged_content)
    assert found.integrity is not Integrity.INTACT
    assert (Code.NO_SIGNED_ATTRIBUTES, "") in found.codes


def test_a_weak_digest_is_told() -> None:
    form = maker.Form(hash_name="sha1")
    codes = {code for code, _ in judged(maker.detached(CONTENT, keys().seal, form)).codes}
    assert Code.WEAK_ALGORITHM in codes


def test_octets_that_are_no_cms_are_broken_and_do_not_raise() -> None:
    assert judged(b"junk").integrity is Integrity.BROKEN
