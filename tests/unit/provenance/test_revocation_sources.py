"""Where revocation is looked up: imported, enclosed, fetched; and which word counts."""

import base64
from datetime import timedelta
from typing import Any

import pytest
from cryptography.x509 import ReasonFlags

from mailbridge.demo import pki, stamps
from mailbridge.demo.stamps import Word
from mailbridge.model.examination import Got, Want, WantKind
from mailbridge.provenance import revocation
from mailbridge.provenance.codes import Code
from mailbridge.provenance.enclosures import Enclosed
from mailbridge.provenance.revocation import Sources
from tests.unit.provenance.samples import NOW, keys, trust

DAY = timedelta(days=1)
OCSP_URL, CRL_URL = "http://ocsp.example.vn/", "http://crl.example.vn/sub.crl"


def online() -> pki.Identity:
    profile = pki.Profile(
        pki.name("trực tuyến"), NOW - DAY, NOW + DAY, crl_url=CRL_URL, ocsp_url=OCSP_URL
    )
    return pki.issue(keys().sub, profile, pki.key("trực tuyến"))


def answer(who: pki.Identity, **more: Any) -> bytes:
    return stamps.answer(who, keys().responder, Word(NOW - DAY, NOW + DAY, **more))


class Network:
    """Answers by kind; what is not there fails."""

    def __init__(self, **values: bytes) -> None:
        self.values = values
        self.asked: list[str] = []

    def ask(self, kind: WantKind, name: str, body: str) -> Got | None:
        self.asked.append(name)
        octets = self.values.get(kind.value)
        values = (base64.b64encode(octets).decode(),) if octets is not None else ()
        return Got(Want(kind, name, body), values, failed=octets is None)


def judged(who: pki.Identity, at: Any = NOW, ask: Any = None, **enclosed: Any) -> dict[Code, str]:
    sources = Sources(trust(()), Enclosed(**enclosed), ask)
    return dict(revocation.judge(who.certificate, who.issuer, sources, at))


def test_an_enclosed_answer_is_enough() -> None:
    assert judged(keys().seal, ocsps=(answer(keys().seal),)) == {}


def test_an_enclosed_list_is_enough() -> None:
    assert judged(keys().seal, crls=(pki.crl(keys().sub, NOW, NOW + DAY),)) == {}


def test_an_answer_that_has_grown_old_is_told_with_its_date() -> None:
    found = judged(keys().seal, NOW + 5 * DAY, ocsps=(answer(keys().seal),))
    assert found == {Code.REVOCATION_STALE: "25/11/2026"}


def test_a_revocation_is_not_taken_back_by_an_older_or_newer_good_word() -> None:
    lists = (pki.crl(keys().sub, NOW, NOW + DAY, [(keys().seal, NOW - DAY)]),)
    for word in (Word(NOW - 2 * DAY, NOW + DAY), Word(NOW + DAY, NOW + 2 * DAY)):
        good = stamps.answer(keys().seal, keys().responder, word)
        assert Code.REVOKED in judged(keys().seal, crls=lists, ocsps=(good,))


def test_what_was_only_held_is_good_again() -> None:
    reason = ReasonFlags.certificate_hold
    held = pki.crl(keys().sub, NOW - DAY, NOW, [(keys().seal, NOW - DAY)], reason=reason)
    freed = pki.crl(keys().sub, NOW, NOW + DAY)
    assert Code.REVOKED in judged(keys().seal, crls=(held,))
    assert judged(keys().seal, crls=(held, freed)) == {}


def test_the_network_is_asked_only_when_nothing_at_hand_answers() -> None:
    network = Network()
    who = online()
    assert judged(who, ask=network.ask, ocsps=(answer(who),)) == {}
    assert network.asked == []


@pytest.mark.parametrize("kind", ["ocsp", "crl"])
def test_what_the_network_answers_is_held_to_its_signature(kind: str) -> None:
    who = online()
    good = {"ocsp": answer(who), "crl": pki.crl(keys().sub, NOW, NOW + DAY)}
    forged = {
        "ocsp": stamps.answer(who, keys().rogue_sub, Word(NOW, NOW + DAY)),
        "crl": pki.crl(keys().rogue_sub, NOW, NOW + DAY),
    }
    assert set(judged(who, ask=Network(**{kind: good[kind]}).ask)) <= {Code.REVOCATION_FETCH_FAILED}
    assert Code.REVOCATION_UNCHECKED in judged(who, ask=Network(**{kind: forged[kind]}).ask)


def test_who_does_not_answer_is_named() -> None:
    found = judged(online(), ask=Network().ask)
    assert found[Code.REVOCATION_UNCHECKED] == ""
    assert found[Code.REVOCATION_FETCH_FAILED] == "crl.example.vn"


def test_a_revocation_comes_from_the_network_too() -> None:
    who = online()
    assert Code.REVOKED in judged(who, ask=Network(ocsp=answer(who, since=NOW - DAY)).ask)


@pytest.mark.parametrize(
    "url", ["ldap://ldap.example.vn/cn=x", "file:///etc/passwd", "http://" + "a" * 2000]
)
def test_only_addresses_of_the_web_are_asked(url: str) -> None:
    profile = pki.Profile(pki.name("lạ"), NOW - DAY, NOW + DAY, crl_url=url, ocsp_url=url)
    network = Network()
    judged(pki.issue(keys().sub, profile, pki.key("lạ")), ask=network.ask)
    assert network.asked == []


def test_junk_that_is_enclosed_says_nothing() -> None:
    found = judged(keys().seal, crls=(b"junk", b""), ocsps=(b"junk", b""))
    assert found == {Code.REVOCATION_UNCHECKED: ""}
