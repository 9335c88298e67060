"""OCSP answers: who may speak, of whom, and what is silent."""

import base64
from datetime import timedelta
from typing import Any

import pytest
from cryptography import x509
from cryptography.x509 import ocsp as x509_ocsp

from mailbridge.demo import pki, stamps
from mailbridge.demo.stamps import Word
from mailbridge.provenance import ocsp
from tests.unit.provenance.samples import NOW, keys

DAY = timedelta(days=1)
WORD = Word(NOW - DAY, NOW + DAY)


def said(der: bytes, who: Any = None, *, is_good: bool = False) -> Any:
    one = who or keys().seal
    return ocsp.statement(der, one.certificate, one.issuer, lambda *_: is_good)


@pytest.mark.parametrize("by_key", [True, False])
@pytest.mark.parametrize("hash_name", ["sha1", "sha256"])
def test_a_delegated_responder_is_believed(by_key: bool, hash_name: str) -> None:
    word = Word(NOW - DAY, NOW + DAY, by_key=by_key, hash_name=hash_name)
    found = said(stamps.answer(keys().seal, keys().responder, word))
    assert (found.said, found.until, found.since) == (NOW - DAY, NOW + DAY, None)


def test_the_issuer_itself_is_believed() -> None:
    assert said(stamps.answer(keys().seal, keys().sub, WORD)) is not None


def test_a_revocation_is_told_with_its_reason() -> None:
    why = x509.ReasonFlags.key_compromise
    found = said(stamps.answer(keys().seal, keys().responder, Word(NOW, NOW + DAY, NOW, why)))
    assert (found.since, found.reason, found.is_final) == (NOW, why, True)


def test_an_answer_without_an_end_is_good_for_its_moment_alone() -> None:
    found = said(stamps.answer(keys().seal, keys().responder, Word(NOW, None)))
    assert found.until == NOW


@pytest.mark.parametrize("who", ["rogue_sub", "person", "tsa", "rogue_tsa"])
def test_who_has_no_right_to_answer_is_not_heard(who: str) -> None:
    assert said(stamps.answer(keys().seal, getattr(keys(), who), WORD)) is None


def test_an_answer_for_another_certificate_says_nothing() -> None:
    assert said(stamps.answer(keys().person, keys().responder, WORD)) is None


def test_an_answer_for_the_namesake_of_the_issuer_says_nothing() -> None:
    assert said(stamps.answer(keys().rogue_seal, keys().responder, WORD)) is None


def responder(uses: Any, end: Any) -> Any:
    profile = pki.Profile(pki.name("OCSP"), NOW - 2 * DAY, end, "", uses)
    return pki.issue(keys().sub, profile, pki.key("other responder"))


def test_a_responder_that_has_ended_is_not_heard() -> None:
    # An answer is made at the time of the machine: long after this responder has ended.
    old = responder(pki.ANSWERS, NOW - DAY)
    end = pki.Profile(pki.name("OCSP"), NOW - 2000 * DAY, NOW - 1999 * DAY, "", pki.ANSWERS)
    older = pki.issue(keys().sub, end, pki.key("other responder"))
    assert old.certificate != older.certificate
    assert said(stamps.answer(keys().seal, older, WORD)) is None


def test_a_responder_that_may_be_revoked_must_be_looked_up() -> None:
    uses = (*pki.ANSWERS, *pki.EMAIL)
    profile = pki.Profile(pki.name("OCSP"), NOW - 4000 * DAY, NOW + 4000 * DAY, "", uses)
    unsure = pki.issue(keys().sub, profile, pki.key("other responder"))
    der = stamps.answer(keys().seal, unsure, WORD)
    assert said(der) is None
    assert said(der, is_good=True) is not None


def test_a_changed_answer_says_nothing() -> None:
    der = bytearray(stamps.answer(keys().seal, keys().responder, WORD))
    der[der.rindex(b"\x03\x82\x01\x01\x00") + 20] ^= 1
    assert said(bytes(der)) is None or bytes(der) != der


@pytest.mark.parametrize("junk", [b"", b"\x30\x03\x0a\x01\x06", b"junk", bytes(99)])
def test_junk_says_nothing(junk: bytes) -> None:
    assert said(junk) is None


def test_the_question_names_the_certificate() -> None:
    octets = base64.b64decode(ocsp.request(keys().seal.certificate, keys().seal.issuer))
    made = x509_ocsp.load_der_ocsp_request(octets)
    assert made.serial_number == keys().seal.certificate.serial_number
