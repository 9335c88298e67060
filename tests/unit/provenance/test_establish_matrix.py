"""The matrix: what is wrong with a seal, in each form in which it comes."""

from datetime import date, timedelta
from functools import lru_cache
from typing import Any

import pytest
from asn1crypto import cms as asn1_cms
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mailbridge.demo import agencies, cms, papers, pki, seals
from mailbridge.demo.cms import Form
from mailbridge.demo.pki import Identity
from mailbridge.model.evidence import Integrity, LaterChanges, Trust, Verdict
from mailbridge.model.parcel import Lock, LockForm

TEXT = b"Content-Type: text/plain\r\n\r\nCong van so 12\r\n"
FORMS = ("detached", "opaque", "pades")


@lru_cache(maxsize=1)
def paper() -> bytes:
    return papers.pdf(papers.Paper("12", "CV/VPTU", date(2026, 9, 1), "mẫu"))


def seal(desk: Any, form: str, who: Identity, how: Form | None = None) -> None:
    how = how or Form(desk.at)
    if form == "detached":
        desk.signed(cms.detached(TEXT, who, how), TEXT)
    elif form == "opaque":
        desk.signed(cms.enclosed(TEXT, who, how))
    else:
        desk.pdf(seals.seal_pdf(paper(), who, how.when or desk.at, certificates=how.certificates))


@pytest.mark.parametrize("form", FORMS)
def test_the_agencys_seal_is_good(desk: Any, form: Any) -> None:
    seal(desk, form, desk.keys.seal)
    found = desk.ask()
    assert [s.why for s in found.seals] == [()]
    assert found.verdict is (Verdict.LEGAL if form == "pades" else Verdict.REFERENCE)
    assert found.vouched == (() if form == "pades" else (agencies.SENDER.mailbox,))
    assert found.origin_proven
    assert found.sender == agencies.SENDER.code


WRONG = [
    ("expired", "expired-claimed-earlier", Verdict.UNDETERMINED),
    ("early", "not-yet-valid", Verdict.FAILED),
    ("revoked", "revoked", Verdict.FAILED),
    ("wrong_use", "wrong-use", Verdict.FAILED),
    ("rogue_seal", "look-alike-issuer", Verdict.FAILED),
    ("neighbour_seal", "someone-elses-seal", Verdict.FAILED),
    ("person", "certificate-unknown", Verdict.UNDETERMINED),
]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(("who", "code", "verdict"), WRONG)
def test_a_wrong_certificate_vouches_for_nobody(
    desk: Any, form: Any, who: Any, code: Any, verdict: Any
) -> None:
    signer = getattr(desk.keys, who)
    when = desk.at if who != "expired" else signer.certificate.not_valid_after_utc
    seal(desk, form, signer, Form(when))
    if who == "expired" and form == "pades":
        code, verdict = "expired-claimed-earlier", Verdict.UNDETERMINED
    found = desk.ask()
    assert found.vouched == ()
    assert found.verdict is verdict
    assert found.seals[0].integrity is Integrity.INTACT
    assert not code or found.has(code)
    if who == "rogue_seal":
        assert found.seals[0].trust is Trust.UNTRUSTED


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("state", ["stale", "none", "no intermediate"])
def test_what_was_not_checked_is_never_good(desk: Any, form: Any, state: Any) -> None:
    if state == "stale":
        desk.crls = desk.keys.stale_crls()
    elif state == "none":
        desk.crls = ()
    elif state == "no intermediate":
        whole = pki.Profile(pki.name("CA khác"), desk.at - pki.YEAR, desk.at + pki.YEAR)
        other = pki.issue(
            pki.authority(whole, pki.key("CA khác")),
            pki.Profile(pki.name("khác"), desk.at - pki.YEAR, desk.at + pki.YEAR),
            pki.key("khác"),
        )
        seal(desk, form, other, Form(desk.at, certificates="signer"))
    if state != "no intermediate":
        seal(desk, form, desk.keys.seal)
    code = {"stale": "revocation-stale", "none": "revocation-unchecked"}.get(state)
    found = desk.ask()
    assert found.verdict is Verdict.UNDETERMINED
    assert code is None or found.has(code)


@pytest.mark.parametrize("form", ["detached", "opaque"])
def test_sha1_is_refused_though_it_fits(desk: Any, form: Any) -> None:
    seal(desk, form, desk.keys.seal, Form(desk.at, hash_name="sha1"))
    found = desk.ask()
    assert found.has("weak-algorithm")
    assert found.seals[0].trust is Trust.UNTRUSTED
    assert found.verdict is Verdict.FAILED
    assert found.vouched == ()


def test_a_signature_of_other_content_is_broken(desk: Any) -> None:
    desk.signed(cms.detached(b"other", desk.keys.seal, Form(desk.at)), TEXT)
    found = desk.ask()
    assert found.seals[0].integrity is Integrity.BROKEN
    assert found.verdict is Verdict.FAILED


def test_a_detached_signature_with_content_of_its_own_must_be_of_both(desk: Any) -> None:
    desk.signed(cms.enclosed(b"shown by another reader", desk.keys.seal, Form(desk.at)), TEXT)
    assert desk.ask().seals[0].integrity is Integrity.BROKEN


def _without_attributes(der: bytes) -> tuple[bytes, bytes]:
    """Present the signed attributes as the content, and drop them from the signature."""
    info = asn1_cms.ContentInfo.load(der)
    signer = info["content"]["signer_infos"][0]
    content = signer["signed_attrs"].untag().dump(force=True)
    bare = asn1_cms.SignerInfo(
        {
            key: signer[key]
            for key in ("version", "sid", "digest_algorithm", "signature_algorithm", "signature")
        }
    )
    info["content"]["signer_infos"] = asn1_cms.SignerInfos([bare])
    return info.dump(force=True), content


def test_signed_attributes_presented_as_content_are_a_forgery(desk: Any) -> None:
    forged, content = _without_attributes(cms.detached(TEXT, desk.keys.seal, Form(desk.at)))
    desk.signed(forged, content)
    found = desk.ask()
    assert found.has("no-signed-attributes")
    assert found.seals[0].integrity is Integrity.BROKEN
    assert found.vouched == ()


def test_a_pdf_overlaid_after_its_seal_fails(desk: Any) -> None:
    desk.pdf(seals.overlay_pdf(seals.seal_pdf(paper(), desk.keys.seal, desk.at)))
    found = desk.ask()
    assert found.seals[0].later_changes is LaterChanges.FORBIDDEN
    assert found.verdict is Verdict.FAILED


def test_a_second_seal_is_a_permitted_change(desk: Any) -> None:
    once = seals.seal_pdf(paper(), desk.keys.ec_seal, desk.at)
    desk.pdf(seals.seal_pdf(once, desk.keys.seal, desk.at, field="Second"))
    found = desk.ask()
    assert [s.later_changes for s in found.seals] == [LaterChanges.PERMITTED, LaterChanges.NONE]
    assert found.verdict is Verdict.LEGAL


@pytest.mark.parametrize("harm", [seals.truncate, seals.change_octet, seals.append_junk])
def test_a_harmed_pdf_fails(desk: Any, harm: Any) -> None:
    desk.pdf(harm(seals.seal_pdf(paper(), desk.keys.seal, desk.at)))
    assert desk.ask().verdict is Verdict.FAILED


def test_a_mailbox_certificate_makes_no_pdf_legal(desk: Any) -> None:
    desk.pdf(seals.seal_pdf(paper(), desk.keys.mailbox, desk.at))
    found = desk.ask()
    assert found.has("mailbox-certificate")
    assert found.verdict is not Verdict.LEGAL


def test_one_sealed_pdf_proves_nothing_of_the_other(desk: Any) -> None:
    desk.pdf(seals.seal_pdf(paper(), desk.keys.seal, desk.at))
    desk.pdf(paper(), "1.3", sealed=False)
    assert desk.ask().verdict is Verdict.UNDETERMINED


@settings(max_examples=60, suppress_health_check=list(HealthCheck))
@given(at=st.integers(0, 1_000_000), flip=st.integers(1, 255), which=st.sampled_from(FORMS))
def test_changed_octets_never_raise_and_never_pass(
    desk: Any, at: Any, flip: Any, which: Any
) -> None:
    desk.claims, desk.files = (), ()
    if which == "pades":
        octets = bytearray(seals.seal_pdf(paper(), desk.keys.seal, desk.at))
        octets[at % len(octets)] ^= flip
        desk.pdf(bytes(octets))
    else:
        der = bytearray(cms.detached(TEXT, desk.keys.seal, Form(desk.at)))
        changed = bytearray(TEXT)
        if which == "opaque":
            der[at % len(der)] ^= flip
        else:
            changed[at % len(changed)] ^= flip
        desk.signed(bytes(der), bytes(changed))
    for found in desk.ask().seals:
        if found.integrity is Integrity.INTACT and found.trust is Trust.TRUSTED:
            # Octets outside the signature changed: the signer is still who signed.
            assert which != "detached"
            assert found.signer.fingerprint == desk.keys.seal.fingerprint


def test_a_seal_over_what_stays_closed_vouches_for_nobody(desk: Any) -> None:
    seal(desk, "detached", desk.keys.seal)
    desk.locks = (Lock(LockForm.SMIME, "1", "whole", opened=False),)
    assert desk.ask().vouched == ()


def test_a_mail_dated_hours_after_its_signature_is_pointed_out(desk: Any) -> None:
    seal(desk, "detached", desk.keys.seal, Form(desk.at - timedelta(hours=6)))
    assert desk.ask().has("date-differs")
