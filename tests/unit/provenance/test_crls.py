"""Which lists may speak of a certificate, and which have nothing to say."""

import time
from datetime import timedelta
from typing import Any

import pytest

from mailbridge.demo import pki
from mailbridge.provenance import crls
from mailbridge.provenance.trust import crl_of
from tests.unit.provenance.samples import NOW, keys, trust

DAY = timedelta(days=1)


def said(der: bytes, who: str = "seal") -> Any:
    entry = crl_of(der)
    assert entry is not None
    member = getattr(keys(), who)
    return crls.statements(member.certificate, member.issuer, trust(()), (entry,))


def test_a_list_that_came_along_is_held_to_its_issuer() -> None:
    (good,) = said(pki.crl(keys().sub, NOW, NOW + DAY))
    assert (good.said, good.until, good.since) == (NOW, NOW + DAY, None)
    assert said(pki.crl(keys().rogue_sub, NOW, NOW + DAY)) == []
    assert said(pki.crl(keys().root, NOW, NOW + DAY)) == []


def test_a_list_made_after_the_end_of_a_certificate_does_not_clear_it() -> None:
    end = keys().expired.certificate.not_valid_after_utc
    assert said(pki.crl(keys().sub, end + DAY, end + 2 * DAY), "expired") == []
    assert len(said(pki.crl(keys().sub, end - DAY, end), "expired")) == 1
    revoked = [(keys().expired, end - DAY)]
    (against,) = said(pki.crl(keys().sub, end + DAY, end + 2 * DAY, revoked), "expired")
    assert against.since == end - DAY


def test_junk_is_no_list() -> None:
    assert crl_of(b"junk") is None
    assert crl_of(b"\x30\x00") is None


@pytest.mark.parametrize("entries", [100_000])
def test_a_list_of_a_hundred_thousand_costs_milliseconds_after_its_first_use(entries: int) -> None:
    large = pki.crl(keys().sub, NOW, NOW + DAY, [(keys().revoked, NOW)], entries=entries)
    store = trust((large,))
    member = keys().seal

    def ask() -> Any:
        return crls.statements(member.certificate, member.issuer, store, ())

    assert ask()[0].since is None
    started = time.process_time()
    for _ in range(10):
        ask()
    assert (time.process_time() - started) / 10 < 0.05
    assert crls.statements(keys().revoked.certificate, member.issuer, store, ())[0].since == NOW
