"""Time-stamps: what they were made over, by whom, and when they prove nothing."""

import hashlib
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from cryptography.x509 import ReasonFlags

from mailbridge.demo import cms, pki, stamps
from mailbridge.demo.cms import Form
from mailbridge.model.evidence import Integrity, Trust
from mailbridge.provenance import timestamps
from mailbridge.provenance.codes import Code
from mailbridge.provenance.enclosures import Enclosed
from mailbridge.provenance.revocation import Sources
from mailbridge.provenance.timestamps import Stamp
from tests.unit.provenance.samples import NOW, fresh_trust, keys, trust

OCTETS = b"the value of a signature"
DAY = timedelta(days=1)


def digest(name: str) -> bytes:
    return hashlib.new(name, OCTETS).digest()


def token(**more: Any) -> bytes:
    return stamps.token(digest("sha256"), keys().tsa, NOW, **more)


def judged(der: bytes, store: Any = None, at: Any = NOW) -> Stamp:
    return timestamps.judge(timestamps.read(der, digest, ()), Sources(store or fresh_trust()), at)


def test_a_token_of_a_trusted_authority_proves_its_time() -> None:
    found = judged(token())
    assert (found.signature.integrity, found.trust) == (Integrity.INTACT, Trust.TRUSTED)
    assert (found.is_good, found.time, found.unchecked) == (True, NOW, ())


def test_a_token_over_other_octets_is_broken() -> None:
    other = stamps.token(hashlib.sha256(b"other").digest(), keys().tsa, NOW)
    assert timestamps.read(other, digest, ()).signature.integrity is Integrity.BROKEN


@pytest.mark.parametrize("who", ["rogue_tsa", "seal", "mailbox"])
def test_a_token_of_somebody_else_proves_nothing(who: str) -> None:
    found = judged(stamps.token(digest("sha256"), getattr(keys(), who), NOW))
    assert found.signature.integrity is Integrity.INTACT
    assert not found.is_good


def test_an_authority_must_say_that_it_does_nothing_else() -> None:
    uses = (*pki.STAMPS, *pki.EMAIL)
    profile = pki.Profile(pki.name("TSA"), NOW - DAY, NOW + DAY, "", uses)
    found = judged(
        stamps.token(digest("sha256"), pki.issue(keys().sub, profile, pki.key("tsa")), NOW)
    )
    assert Code.WRONG_USE in {code for code, _ in found.codes}
    assert not found.is_good


def test_a_token_without_a_pinned_certificate_is_broken() -> None:
    assert judged(token(pinned=False)).signature.integrity is Integrity.BROKEN


def test_a_changed_time_breaks_the_token() -> None:
    der = token()
    changed = der.replace(NOW.strftime("%Y%m%d%H%M").encode(), b"202001010000")
    assert changed != der
    assert judged(changed).signature.integrity is Integrity.BROKEN


def test_a_time_that_has_not_come_yet_proves_nothing() -> None:
    assert not judged(token(), at=NOW - DAY).is_good


def test_a_weak_imprint_proves_nothing() -> None:
    weak = stamps.token(digest("sha1"), keys().tsa, NOW, hash_name="sha1")
    assert not judged(weak).is_good


def test_a_signature_is_no_token() -> None:
    signed = cms.enclosed(OCTETS, keys().tsa, Form(NOW, cades=True))
    assert timestamps.read(signed, digest, ()).signature.integrity is Integrity.BROKEN


@pytest.mark.parametrize("junk", [b"", b"\x30\x00", b"junk", bytes(99)])
def test_junk_is_a_broken_token(junk: bytes) -> None:
    found = judged(junk)
    assert (found.signature.integrity, found.is_good) == (Integrity.BROKEN, False)


def crl(reason: Any) -> tuple[bytes, ...]:
    start, end = NOW - DAY, NOW + 30 * DAY
    revoked = [(keys().tsa, NOW + DAY)]
    return (
        pki.crl(keys().root, start, end),
        pki.crl(keys().sub, start, end, revoked, reason=reason),
    )


def test_an_authority_that_lost_its_key_proves_no_earlier_time_either() -> None:
    lost = trust(crl(ReasonFlags.key_compromise))
    ended = trust(crl(ReasonFlags.cessation_of_operation))
    assert not judged(token(), lost).is_good
    assert judged(token(), ended).is_good


def test_without_lists_the_doubt_is_named() -> None:
    found = judged(token(), trust(()))
    assert found.is_good
    assert {code for code, _ in found.unchecked} == {Code.REVOCATION_UNCHECKED}


def test_the_chain_of_the_authority_may_come_with_the_file() -> None:
    store = trust(intermediates=False)
    bare = replace(timestamps.read(token(), digest, ()))
    bare = replace(bare, signature=replace(bare.signature, enclosed=()))
    assert not timestamps.judge(bare, Sources(store), NOW).is_good
    kept = Enclosed((keys().sub.certificate,))
    assert timestamps.judge(bare, Sources(store, kept), NOW).is_good
