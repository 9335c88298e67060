"""Who vouches for it: each attack and each state of a certificate has its own finding."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mailbridge.demo import mails, seals
from mailbridge.demo.agencies import NEIGHBOUR, OWN, SENDER
from mailbridge.model.evidence import Coverage, Integrity, Trust, Verdict
from tests.unit.parcel.archives import Piece, zip_of
from tests.unit.provenance.samples import (
    HEAD,
    NOW,
    codes,
    evidence,
    keys,
    mail_with,
    paper,
    sealed,
    signed_mail,
    trust,
)


def test_a_sealed_pdf_of_the_sending_agency_is_legal() -> None:
    found = evidence(mail_with(sealed()))
    assert found.verdict is Verdict.LEGAL
    (seal,) = found.seals
    assert (seal.integrity, seal.coverage, seal.trust) == (
        Integrity.INTACT,
        Coverage.WHOLE,
        Trust.TRUSTED,
    )
    assert seal.bound
    assert found.roots
    assert found.crls


def test_a_pdf_that_carries_only_its_signer_finds_the_intermediate_here() -> None:
    assert evidence(mail_with(sealed(certificates="signer"))).verdict is Verdict.LEGAL


@pytest.mark.parametrize("opaque", [False, True])
def test_a_signed_mail_with_an_unsigned_file_is_reference(opaque: bool) -> None:
    found = evidence(signed_mail(keys().mailbox, opaque=opaque))
    assert found.verdict is Verdict.REFERENCE
    assert found.vouched == (SENDER.mailbox,)


def test_a_mailbox_certificate_on_the_file_never_makes_it_legal() -> None:
    found = evidence(mail_with(sealed(keys().mailbox)))
    assert found.verdict is not Verdict.LEGAL


def test_nothing_signed_is_undetermined() -> None:
    found = evidence(mail_with(paper()))
    assert found.verdict is Verdict.UNDETERMINED
    assert "origin-unproven" in codes(found)


@pytest.mark.parametrize(
    ("who", "code", "verdict"),
    [
        ("revoked", "revoked", Verdict.FAILED),
        ("expired", "expired", Verdict.FAILED),
        ("early", "not-yet-valid", Verdict.FAILED),
        ("wrong_use", "wrong-use", Verdict.FAILED),
        ("rogue_seal", "look-alike-issuer", Verdict.FAILED),
        ("own_seal", "someone-elses-seal", Verdict.FAILED),
        ("neighbour_seal", "certificate-unknown", Verdict.UNDETERMINED),
    ],
)
def test_a_bad_certificate_on_a_pdf_is_told_apart(who: str, code: str, verdict: Verdict) -> None:
    found = evidence(mail_with(sealed(getattr(keys(), who))))
    assert code in codes(found)
    assert found.verdict is verdict
    assert found.vouched == ()


@pytest.mark.parametrize(
    ("who", "code", "verdict"),
    [
        ("neighbour_mailbox", "someone-elses-seal", Verdict.FAILED),
        ("rogue_mailbox", "look-alike-issuer", Verdict.FAILED),
        ("own_mailbox", "certificate-unknown", Verdict.UNDETERMINED),
        ("wrong_use", "wrong-use", Verdict.FAILED),
    ],
)
@pytest.mark.parametrize("opaque", [False, True])
def test_a_bad_certificate_on_a_mail_is_told_apart(
    who: str, code: str, verdict: Verdict, opaque: bool
) -> None:
    found = evidence(signed_mail(getattr(keys(), who), opaque=opaque))
    assert code in codes(found)
    assert found.verdict is verdict
    assert found.vouched == ()


def test_expired_with_a_claimed_earlier_time_cannot_be_told() -> None:
    found = evidence(mail_with(sealed()), trust(keys().crls()), at=NOW + timedelta(days=500))
    assert "expired-claimed-earlier" in codes(found) or "expired" in codes(found)
    assert found.verdict is not Verdict.LEGAL


def test_without_a_crl_revocation_is_unchecked() -> None:
    found = evidence(mail_with(sealed()), trust(()))
    assert "revocation-unchecked" in codes(found)
    assert found.verdict is Verdict.UNDETERMINED
    assert found.seals[0].trust is Trust.TRUSTED


def test_a_stale_crl_is_said_since_when() -> None:
    found = evidence(mail_with(sealed()), trust(keys().stale_crls()))
    assert found.verdict is Verdict.UNDETERMINED
    (text,) = {f.text for f in found.findings if f.code == "revocation-stale"}
    assert "/10/2026" in text


def test_a_missing_intermediate_is_no_chain() -> None:
    found = evidence(mail_with(sealed(certificates="signer")), trust(intermediates=False))
    assert found.verdict is Verdict.UNDETERMINED


def test_page_content_written_over_a_seal_is_forbidden() -> None:
    found = evidence(mail_with(seals.overlay_pdf(sealed())))
    assert "later-changes" in codes(found)
    assert found.verdict is Verdict.FAILED


def test_junk_behind_the_last_revision_is_no_pass() -> None:
    assert evidence(mail_with(seals.append_junk(sealed()))).verdict is not Verdict.LEGAL


def test_a_truncated_pdf_is_no_pass() -> None:
    assert evidence(mail_with(seals.truncate(sealed()))).verdict is not Verdict.LEGAL


def test_a_changed_octet_in_a_signed_mail_breaks_its_seal() -> None:
    octets = signed_mail(keys().mailbox)
    at = octets.index(b"S8OtbmggZ+G7rWk")
    found = evidence(octets[:at] + b"T" + octets[at + 1 :])
    assert found.seals[0].integrity is Integrity.BROKEN
    assert found.verdict is Verdict.FAILED


def test_two_from_contradict() -> None:
    octets = signed_mail(keys().mailbox).replace(
        b"To: ", b"From: <other@hungyen.gov.vn>\r\nTo: ", 1
    )
    found = evidence(octets)
    assert "contradicting-senders" in codes(found)
    assert found.vouched == ()


def test_a_display_name_that_names_another_address_contradicts() -> None:
    head = replace(HEAD, name=NEIGHBOUR.mailbox)
    assert evidence(signed_mail(keys().mailbox, head)).verdict is Verdict.FAILED


def test_a_reply_to_of_another_agency_contradicts() -> None:
    head = replace(HEAD, extra=f"Reply-To: <{OWN.mailbox}>\r\n")
    assert "contradicting-senders" in codes(evidence(signed_mail(keys().mailbox, head)))


def test_a_subject_that_differs_from_the_signed_one_is_found() -> None:
    entity = b"Subject: that\r\n" + mails.with_file("Kính gửi", paper(), "123.pdf")
    octets = mails.mail(HEAD, seals.sign_mail(entity, keys().mailbox, NOW))
    assert "protected-differs" in codes(evidence(octets))


def test_an_old_signed_mail_under_a_new_date_is_warned_of() -> None:
    head = replace(HEAD, when=NOW + timedelta(days=9))
    assert "date-differs" in codes(evidence(signed_mail(keys().mailbox, head)))


def test_text_beside_the_signed_part_makes_it_a_part() -> None:
    signed = seals.sign_mail(mails.text("đã ký"), keys().mailbox, NOW)
    entity = (
        b'Content-Type: multipart/mixed; boundary="x"\r\n\r\n--x\r\n'
        + mails.text("chưa ký")
        + b"--x\r\n"
        + signed
        + b"\r\n--x--\r\n"
    )
    found = evidence(mails.mail(HEAD, entity))
    assert found.seals[0].coverage is Coverage.PART
    assert found.vouched == ()
    assert found.verdict is Verdict.FAILED


def test_without_a_directory_an_address_of_the_certificate_binds() -> None:
    assert evidence(signed_mail(keys().mailbox), directory=None).vouched == (SENDER.mailbox,)
    assert evidence(signed_mail(keys().own_mailbox), directory=None).vouched == ()


@settings(max_examples=60, deadline=None)
@given(at=st.integers(0, 10**6), bit=st.integers(0, 7))
def test_no_changed_octet_of_a_sealed_pdf_is_ever_legal_with_another_content(
    at: int, bit: int
) -> None:
    document = sealed()
    where = at % len(document)
    changed = document[:where] + bytes([document[where] ^ 1 << bit]) + document[where + 1 :]
    found = evidence(mail_with(changed))
    inside = any(s.integrity is Integrity.INTACT and s.trust is Trust.TRUSTED for s in found.seals)
    hole = document.index(b"/Contents <")
    if inside and found.verdict is Verdict.LEGAL:
        # Only the hole of the signature itself is outside the signed octets.
        assert hole <= where <= document.index(b">", hole)


@settings(max_examples=60, deadline=None)
@given(cut=st.integers(0, 10**6), noise=st.binary(max_size=8))
def test_no_damaged_mail_raises(cut: int, noise: bytes) -> None:
    octets = signed_mail(keys().mailbox)
    where = len(octets) - cut % 3000
    found = evidence(octets[:where] + noise + octets[where + len(noise) :])
    assert found.verdict in set(Verdict) | {None}


def test_a_signed_office_file_is_told_and_proves_nothing() -> None:
    parts = (Piece(b"[Content_Types].xml"), Piece(b"_rels/.rels"), Piece(b"word/document.xml"))
    document = zip_of(*parts, Piece(b"_xmlsignatures/sig1.xml"))
    found = evidence(mail_with(document))
    assert "office-signed" in codes(found)
    assert found.verdict is Verdict.UNDETERMINED
