"""Chains and revocation, also against a large list."""

import time
from datetime import timedelta

from mailbridge.demo import pki
from mailbridge.model.evidence import Trust
from mailbridge.provenance import chain
from mailbridge.provenance.codes import Code
from tests.unit.provenance.samples import NOW, fresh_trust, keys, trust


def codes_of(who: str, *, days: int = 0) -> set[Code]:
    identity = getattr(keys(), who)
    at = NOW + timedelta(days=days)
    found = chain.judge(identity.certificate, (), fresh_trust(), at, None, document=True)
    return {code for code, _ in found.codes}


def test_a_good_chain_has_nothing_against_it() -> None:
    assert codes_of("seal") == set()


def test_a_look_alike_authority_is_not_trusted() -> None:
    rogue = keys().rogue_seal
    found = chain.judge(rogue.certificate, rogue.chain, fresh_trust(), NOW, None, document=True)
    assert found.trust is Trust.UNTRUSTED


def test_a_revocation_after_the_moment_of_signing_is_a_note() -> None:
    found = codes_of("revoked", days=-2)
    assert Code.REVOKED_LATER in found
    assert Code.REVOKED not in found


def test_a_large_list_costs_milliseconds_after_its_first_use() -> None:
    start, end = NOW - timedelta(hours=1), NOW + timedelta(days=7)
    large = pki.crl(keys().sub, start, end, entries=20_000)
    store = trust((pki.crl(keys().root, start, end), large))
    identity = keys().seal.certificate
    chain.judge(identity, (), store, NOW, None, document=True)
    started = time.process_time()
    chain.judge(identity, (), store, NOW, None, document=True)
    assert time.process_time() - started < 0.5
