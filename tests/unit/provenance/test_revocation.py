"""What CRLs say."""

from datetime import timedelta
from typing import Any

from mailbridge.demo import pki
from mailbridge.provenance import revocation, trust
from mailbridge.provenance.codes import Code
from mailbridge.provenance.revocation import Sources

DAY = timedelta(days=1)


def _store(tmp_path: Any, keys: Any, *crls: bytes) -> Any:
    keys.write_trust(tmp_path, crls)
    return trust.load(tmp_path)


def judged(keys: Any, store: Any, at: Any) -> Any:
    return revocation.judge(keys.seal.certificate, keys.sub.certificate, Sources(store), at)


def test_a_list_of_twenty_thousand_names_the_one(tmp_path: Any, keys: Any) -> None:
    revoked = [(keys.seal, keys.now - DAY)]
    crl = pki.crl(keys.sub, keys.now - DAY, keys.now + DAY, revoked, entries=20_000)
    store = _store(tmp_path, keys, crl)
    ask = (keys.sub.certificate, Sources(store), keys.now)
    found = revocation.judge(keys.seal.certificate, *ask)
    assert [code for code, _ in found] == [Code.REVOKED]
    assert revocation.judge(keys.mailbox.certificate, *ask) == ()


def test_revoked_after_the_moment_is_only_noted(tmp_path: Any, keys: Any) -> None:
    revoked = [(keys.seal, keys.now - DAY)]
    store = _store(tmp_path, keys, pki.crl(keys.sub, keys.now - DAY, keys.now + DAY, revoked))
    found = judged(keys, store, keys.now - 2 * DAY)
    assert [code for code, _ in found] == [Code.REVOKED_LATER]


def test_a_list_of_a_namesake_says_nothing(tmp_path: Any, keys: Any) -> None:
    store = _store(tmp_path, keys, pki.crl(keys.rogue_sub, keys.now - DAY, keys.now + DAY))
    found = judged(keys, store, keys.now)
    assert found == ((Code.REVOCATION_UNCHECKED, ""),)
